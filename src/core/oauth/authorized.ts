import type { ExchangedCode } from './codeExchange';
import type { OAuthClient } from './oauthClient';

/** What a person's sign-in at the server ends with. */
export interface Authorized extends ExchangedCode {
  readonly client: OAuthClient;
}
