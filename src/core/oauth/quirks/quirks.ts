import type { ClientAuth } from '../model';

/**
 * Where a server does not do as the RFCs say. It is data: five hooks read it, each in one place, so that a new oddity
 * is a line in a preset and no code.
 */
export interface Quirks {
  /** Separates scopes in requests; absent: a space (RFC 6749 §3.3). */
  readonly scopeSeparator?: string;
  readonly pkce?: PkceSupport;
  /** How a client with a secret proves itself, where the connection does not say. */
  readonly clientAuth?: ClientAuth;
  readonly authorizationRequest?: AuthorizationRequestQuirks;
  readonly tokenRequest?: TokenRequestQuirks;
  /** Laid over those of the token request. */
  readonly refreshRequest?: RefreshRequestQuirks;
  readonly authorizationResponse?: AuthorizationResponseQuirks;
  /** Of token and refresh responses. */
  readonly tokenResponse?: TokenResponseQuirks;
  /** Requests with a token, those to the userinfo endpoint included. */
  readonly apiRequest?: ApiRequestQuirks;
  /** How to ask who signed in, and where the answer says it. */
  readonly userinfo?: UserinfoQuirks;
}

/**
 * What a server makes of PKCE (RFC 7636). It is sent wherever it does no harm, so also where nothing is known. Where
 * requests with it fail, always (`rejected`) or for clients with a secret (`publicClients`), none is sent, and the user
 * is warned.
 */
export type PkceSupport = 'required' | 'supported' | 'publicClients' | 'rejected';

/** Changes of parameters; what a request needs to have *more* of is in the connection's `parameters`. */
export interface ParameterQuirks {
  /** From the name in the RFC to the server's own. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Names in the RFC. */
  readonly remove?: readonly string[];
}

export interface AuthorizationRequestQuirks extends ParameterQuirks {
  /** Values of `prompt` (OpenID Connect Core §3.1.2.1), instead of what {@link authorizationUrl} would choose. */
  readonly prompts?: {
    /** Sent each time. */
    readonly always: readonly string[];
    /** Lets the user choose an account. */
    readonly chooseAccount?: string;
  };
}

export interface AuthorizationResponseQuirks {
  /** What is worth keeping with the session: name and parameter. Never a secret. */
  readonly captured?: Readonly<Record<string, string>>;
}

export interface TokenRequestQuirks extends ParameterQuirks {
  /** Absent: POST. With GET the parameters are in the query. */
  readonly method?: 'GET';
  /** Absent: a form. */
  readonly body?: 'json';
  readonly headers?: Readonly<Record<string, string>>;
  /** A client without a secret sends Basic with an empty one. */
  readonly emptySecret?: true;
}

export interface RefreshRequestQuirks extends TokenRequestQuirks {
  /** Relative to the token endpoint: a refresh token goes to no other host than the one that was approved. */
  readonly path?: string;
}

export interface TokenResponseQuirks {
  /** The place, as {@link memberAt} reads it, of the object that holds the token when the top has none. */
  readonly alternative?: string;
  /** From the server's own error to one of RFC 6749 §5.2. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What is worth keeping with the session: name and place. Never a secret. */
  readonly captured?: Readonly<Record<string, string>>;
  /** Where the API is, at providers that have another address for each customer. */
  readonly apiOrigin?: ToldOrigin;
  /** Where the answer says who signed in. */
  readonly identity?: IdentityMembers;
}

/** An origin that the server names when somebody signs in; the token may then go there, too. */
export interface ToldOrigin {
  /** Name of the captured value that is, or begins with, the origin. */
  readonly captured: string;
  /** Domain of the provider's. A host that is not below it is not believed. */
  readonly within: string;
}

/** Places of what makes an account. */
export interface IdentityMembers {
  readonly subject: string;
  /** The first that is there counts. */
  readonly name: readonly string[];
}

export interface UserinfoQuirks extends IdentityMembers {
  /** Absent: GET. */
  readonly method?: 'POST';
  /** As JSON. */
  readonly body?: string;
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
