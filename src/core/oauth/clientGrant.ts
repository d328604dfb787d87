import type { TokenEndpointResponse } from 'oauth4webapi';
import type { Sensitive } from '../secret';

/** What a token request without a person says beside client, scopes and resource. Made anew for each request. */
export interface ClientGrant {
  /** `grant_type`. */
  readonly type: string;
  readonly parameters: readonly (readonly [name: string, value: Sensitive])[];
  /** Token types beyond Bearer that the answer may have, in lower case. */
  readonly tokenTypes?: Readonly<Record<string, () => void>> | undefined;
  /** Throws when the answer cannot be used. */
  readonly check?: ((answer: TokenEndpointResponse, host: string) => void) | undefined;
}
