import type { Expectations } from '../expect/expectations';
import type { CaptureEntry } from '../request/expectModel';
import type { TokenPlacement } from '../oauth/quirks/quirks';
import type { Sensitive } from '../secret';
import type { PlannedSocket } from '../stream/socketMessages';
import type { StopRule } from '../stream/stopRule';
import type { Credentials } from './credentials';
import type { RequestBody } from './requestBody';

/** What a request says about its authentication, with variables put in. */
export type RequestAuth =
  | { readonly kind: 'none' }
  /** Nothing until the API asks, then as what it says (RFC 9728). */
  | { readonly kind: 'auto' }
  | {
      readonly kind: 'connection';
      readonly connection: string;
      /** A role such as `admin`, mapped to an account by each developer. */
      readonly account: string | undefined;
      /** Scopes beyond the connection's own; `undefined`: the connection's. */
      readonly scopes: readonly string[] | undefined;
      /** Where the token goes; absent: where the connection's provider wants it. */
      readonly placement?: TokenPlacement | undefined;
    }
  | Credentials;

/** Milliseconds; `undefined` means no limit of that kind. */
export interface Timeouts {
  readonly connect: number | undefined;
  readonly headers: number | undefined;
  /** Between two pieces of the body. */
  readonly idle: number | undefined;
  readonly total: number | undefined;
}

/** A status (`201`) or a class of them (`2xx`). */
export type StatusExpectation = number | `${1 | 2 | 3 | 4 | 5}xx`;

/** A request with every variable put in, ready to be authorised and sent. */
export interface HttpRequest {
  readonly name: string;
  readonly method: string;
  /** Absolute, http or https, for a WebSocket too. */
  readonly url: Sensitive;
  /** In file order and case; `Content-Type` is set from the body kind unless the file sets it. */
  readonly headers: readonly (readonly [name: string, value: Sensitive])[];
  readonly body: RequestBody | undefined;
  readonly auth: RequestAuth;
  /** How many redirects are followed. */
  readonly redirects: number;
  /** `false`: none is sent out of the jar, and none kept. */
  readonly cookies?: boolean | undefined;
  readonly timeouts: Timeouts;
  /** When an event stream or a socket is ended; absent: it is up to whoever sends. */
  readonly stop?: StopRule | undefined;
  /** The request opens a WebSocket, and sends these messages over it. */
  readonly socket?: PlannedSocket | undefined;
  readonly expect: Expectations;
  readonly captures: readonly CaptureEntry[];
}
