import type { TlsSetting } from '../http/tlsSetting';
import type { Secret } from '../secret';
import type { DpopProver } from './dpopProver';
import type { SigningKey } from './keys/signingKey';
import type { ToldOrigin } from './quirks/quirks';
import type { ProviderRedirectRules } from './redirectRules';

/** The grants a connection can use (RFC 6749 and its extensions). */
export type Grant = 'authorizationCode' | 'deviceCode' | 'clientCredentials' | 'jwtBearer' | 'tokenExchange';

/** How the client authenticates at the token endpoint. */
export type ClientAuth = 'none' | 'basic' | 'basicRaw' | 'post' | 'clientSecretJwt' | 'privateKeyJwt' | 'mtls';

/** How the authorization response comes back; `auto` lets the environment decide. */
export type RedirectWish =
  | { readonly kind: 'auto' }
  | { readonly kind: 'loopback'; readonly ports: readonly number[]; readonly path: string }
  | { readonly kind: 'editorUri' }
  /** Fixed pages: one shows the code for pasting, the other forwards to the editor. */
  | { readonly kind: 'paste' | 'relay'; readonly uri: string };

/** Endpoints that the project file names itself; with an issuer they override what discovery finds. */
export interface Endpoints {
  readonly authorization?: string | undefined;
  readonly token?: string | undefined;
  readonly revocation?: string | undefined;
  readonly userinfo?: string | undefined;
  readonly endSession?: string | undefined;
  readonly deviceAuthorization?: string | undefined;
  readonly introspection?: string | undefined;
}

/** Where key material is kept: by name in SecretStorage, or in a file, by its path in the workspace folder. */
export type KeySource =
  { readonly kind: 'secret'; readonly name: string } | { readonly kind: 'file'; readonly path: string };

/** SHA-256 of files, as base64url, by their path in the workspace folder. */
export type FileDigests = Readonly<Record<string, string>>;

/** The key that signs assertions (RFC 7523), as PEM or JWK. */
export interface PrivateKeySetting {
  readonly source: KeySource;
  /** `kid` of the assertion's header; absent: the JWK's own, or none. */
  readonly keyId?: string | undefined;
  /** JWS algorithm such as `ES256`; absent: what fits the key. */
  readonly algorithm?: string | undefined;
}

/** What assertions say beyond the client's own claims (RFC 7523 §3). */
export interface AssertionSetting {
  /** Absent: the client id. */
  readonly issuer?: string | undefined;
  /** Absent: the client id. */
  readonly subject?: string | undefined;
  /** Also of the assertion that a client authenticates with. Absent: the issuer or, without one, the token endpoint. */
  readonly audience?: string | undefined;
  readonly claims: Readonly<Record<string, string>>;
}

/** The connection whose session gives a token away. */
export interface SubjectConnection {
  readonly kind: 'connection';
  readonly name: string;
  /** The connection itself, as the project file has it now; not kept with a session. */
  readonly connection?: ConnectionConfig | undefined;
  /** Whose token it is, once somebody has signed in: {@link connectionKey} and account. */
  readonly connectionKey?: string | undefined;
  readonly accountId?: string | undefined;
}

/** A token that is exchanged for another (RFC 8693 §2.1): a session's of another connection, or a stored secret. */
export interface ExchangedTokenSetting {
  readonly source: SubjectConnection | { readonly kind: 'secret'; readonly name: string };
  /** Token type URI; absent: an access token (RFC 8693 §3). */
  readonly type?: string | undefined;
}

/** The tokens of a token exchange (RFC 8693). */
export interface ExchangeSetting {
  readonly subject: ExchangedTokenSetting;
  readonly actor?: ExchangedTokenSetting | undefined;
  /** `requested_token_type`. */
  readonly requestedType?: string | undefined;
}

/** One entry of `connections:` with its variables put in: an OAuth client configuration. */
export interface ConnectionConfig {
  /** The key in the project file. */
  readonly name: string;
  /** What people read; not part of what is approved. */
  readonly label: string;
  /** It is written nowhere: the API itself said where to sign in. Absent: a project file has it. */
  readonly discovered?: boolean | undefined;
  readonly grant: Grant;
  /** Name of the provider whose manners are known. Its endpoints and defaults are in the other fields already. */
  readonly preset?: string | undefined;
  /** Id of a VS Code authentication provider whose session is used instead of one of ours. */
  readonly vscode?: string | undefined;
  readonly issuer?: string | undefined;
  readonly endpoints: Endpoints;
  /** Absent: register dynamically (RFC 7591). */
  readonly clientId?: string | undefined;
  /** The client secret's name in the project file; the secret is looked up by it just before it is used. */
  readonly clientSecretName?: string | undefined;
  readonly clientSecret?: Secret | undefined;
  readonly clientAuth?: ClientAuth | undefined;
  /** The private key, read just before it is used. */
  readonly signingKey?: SigningKey | undefined;
  /** SHA-256 of the files that the connection names, by path, once they have been read. */
  readonly fileDigests?: FileDigests | undefined;
  /** The server's clock, as far as it is known: milliseconds since the epoch. */
  readonly serverNow?: (() => number) | undefined;
  readonly privateKey?: PrivateKeySetting | undefined;
  /** For the JWT bearer grant. */
  readonly assertion?: AssertionSetting | undefined;
  /** For the token exchange grant. */
  readonly exchange?: ExchangeSetting | undefined;
  readonly scopes: readonly string[];
  readonly audience?: string | undefined;
  readonly resource: readonly string[];
  /** Serialised origins (`https://api.acme.dev`): the only places the token may go. */
  readonly origins: readonly string[];
  /** The server may name one more when somebody signs in. Absent: it may not. */
  readonly toldOrigin?: ToldOrigin | undefined;
  readonly redirect: RedirectWish;
  /** What the preset's provider lets redirect URIs be; absent: all that RFC 8252 has. */
  readonly redirectRules?: ProviderRedirectRules | undefined;
  /** Extra parameters per phase, sent as they are. */
  readonly parameters: {
    readonly authorize: Readonly<Record<string, string>>;
    readonly token: Readonly<Record<string, string>>;
    readonly refresh: Readonly<Record<string, string>>;
  };
  /** Tokens are bound to a key of the session (RFC 9449). Absent: no. */
  readonly dpop?: boolean | undefined;
  /** Pushed authorization requests (RFC 9126). Absent: when the server offers them. */
  readonly par?: boolean | undefined;
  /** Statuses of the API that mean an expired token. Absent: 401. */
  readonly refreshOn?: readonly number[] | undefined;
  /** What the project file says about secure connections, whatever they are for. Absent: nothing. */
  readonly tls?: readonly TlsSetting[] | undefined;
}

/** Who signed in. `id` is stable per issuer and subject; `label` is unique within the provider. */
export interface Account {
  readonly id: string;
  readonly label: string;
}

/** What anybody but the token manager may know of a session. It holds no secret. */
export interface Session {
  /** Opaque, random, stable over refreshes. */
  readonly id: string;
  /** Name of the connection it was made with; the connection may have been renamed since. */
  readonly connectionName: string;
  readonly connectionLabel: string;
  /** Issuer or, without discovery, the token endpoint. */
  readonly issuer: string;
  /** {@link connectionKey} of the connection it belongs to. */
  readonly connectionKey: string;
  readonly account: Account;
  /** Scopes that were asked for, in the asker's order. */
  readonly scopes: readonly string[];
  /** Scopes the server granted. */
  readonly grantedScopes: readonly string[];
  /** Scopes the server knows, as it said at the sign-in; absent when it did not say. */
  readonly supportedScopes?: readonly string[] | undefined;
  /** Milliseconds since the epoch; `undefined` when the server did not say. */
  readonly expiresAt: number | undefined;
  /**
   * When the session can no longer be renewed without the user, in milliseconds since the epoch; `undefined` when the
   * server did not say.
   */
  readonly refreshExpiresAt?: number | undefined;
  readonly refreshable: boolean;
  /** Where the server said that the API of this account is. */
  readonly apiOrigin?: string | undefined;
  readonly state: 'active' | 'signInAgain';
  /** The access token is bound to a key of the session (RFC 9449), so nobody else can use it. */
  readonly boundToKey: boolean;
}

/** An access token on its way to `authorise`. */
export interface AccessToken {
  readonly sessionId: string;
  readonly type: 'Bearer' | 'DPoP';
  readonly value: Secret;
  readonly expiresAt: number | undefined;
  /** Holds the key that a DPoP token is bound to. */
  readonly prover?: DpopProver | undefined;
}

export interface SessionChange {
  readonly added: readonly Session[];
  readonly removed: readonly Session[];
  readonly changed: readonly Session[];
}
