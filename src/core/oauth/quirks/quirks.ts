import type { ClientAuth } from '../model';

/**
 * Where a server does not do as the RFCs say. It is data: five hooks read it, each in one place, so that a new oddity
 * is a line in a preset and no code.
 */
export interface Quirks {
  /** Separates scopes in requests; absent: a space (RFC 6749 §3.3). */
  readonly scopeSeparator?: string;
  /** What the server makes of PKCE (RFC 7636); where it is `rejected` none is sent, and the user is warned. */
  readonly pkce?: 'required' | 'supported' | 'rejected';
  /** How a client with a secret proves itself, where the connection does not say. */
  readonly clientAuth?: ClientAuth;
  readonly authorizationRequest?: ParameterQuirks;
  readonly tokenRequest?: TokenRequestQuirks;
  /** Laid over those of the token request. */
  readonly refreshRequest?: RefreshRequestQuirks;
  /** Of token and refresh responses. */
  readonly tokenResponse?: TokenResponseQuirks;
  /** Requests with a token, those to the userinfo endpoint included. */
  readonly apiRequest?: ApiRequestQuirks;
  /** Where the userinfo answer says who signed in. */
  readonly userinfo?: IdentityMembers;
}

/** Changes of parameters; what a request needs to have *more* of is in the connection's `parameters`. */
export interface ParameterQuirks {
  /** From the name in the RFC to the server's own. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Names in the RFC. */
  readonly remove?: readonly string[];
}

export interface TokenRequestQuirks extends ParameterQuirks {
  /** Absent: POST. With GET the parameters are in the query. */
  readonly method?: 'GET';
  /** Absent: a form. */
  readonly body?: 'json';
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RefreshRequestQuirks extends TokenRequestQuirks {
  /** Relative to the token endpoint: a refresh token goes to no other host than the one that was approved. */
  readonly path?: string;
}

export interface TokenResponseQuirks {
  /** Where a member of RFC 6749 §5.1 is when it is not at the top, as {@link memberAt} reads it. */
  readonly members?: Readonly<Record<string, string>>;
  /** From the server's own error to one of RFC 6749 §5.2. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What is worth keeping with the session: name and place. Never a secret. */
  readonly captured?: Readonly<Record<string, string>>;
  /** Where the answer says who signed in. */
  readonly identity?: IdentityMembers;
}

/** Places of what makes an account. */
export interface IdentityMembers {
  readonly subject: string;
  readonly name?: string;
}

export interface ApiRequestQuirks {
  /** Absent: the Authorization header with Bearer (RFC 6750 §2.1). */
  readonly token?: TokenPlacement;
  /** Sent unless the request has them. */
  readonly headers?: Readonly<Record<string, string | typeof ofClientId>>;
}

/** Stands for the id of the connection's client. */
export const ofClientId = { clientId: true } as const;

/** Where a token is in a request. */
export interface TokenPlacement {
  readonly in: 'header' | 'query';
  /** Of the header or the query parameter. */
  readonly name: string;
}

/** A server without quirks. */
export const noQuirks: Quirks = {};
