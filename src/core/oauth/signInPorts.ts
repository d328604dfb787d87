import type { Disposable } from '../disposable';
import type { LatchkeyError } from '../errors';
import type { Secret } from '../secret';
import type { Account, ConnectionConfig } from './model';

/** A host that takes part in a sign-in, as the trust dialog names it. */
export interface TrustedHost {
  readonly purpose:
    | 'issuer'
    | 'authorization'
    | 'pushedAuthorization'
    | 'deviceAuthorization'
    | 'token'
    | 'registration'
    | 'revocation'
    | 'introspection'
    | 'userinfo'
    | 'endSession';
  /** Host with port, in its ASCII (punycode) form. */
  readonly host: string;
}

/** Everything of a connection that a grant of trust covers: all but its label. Plain JSON, no secret. */
export interface TrustFacts {
  readonly issuer: string | undefined;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly clientId: string | undefined;
  readonly grant: string;
  readonly clientAuth: string | undefined;
  /** The name of the client secret that the hosts get to see. */
  readonly clientSecretName?: string | undefined;
  readonly scopes: readonly string[];
  readonly audience: string | undefined;
  readonly resource: readonly string[];
  readonly origins: readonly string[];
  readonly redirect: string;
  readonly parameters: string;
  readonly preset?: string | undefined;
  readonly vscode?: string | undefined;
  /** Where the private key is kept, as text. */
  readonly privateKey?: string | undefined;
  readonly assertion?: string | undefined;
  readonly exchange?: string | undefined;
  /** SHA-256 of the files that are named above, by path. */
  readonly files?: Readonly<Record<string, string>> | undefined;
  /** What the project file says about secure connections, by origin. */
  readonly tls?: Readonly<Record<string, string>> | undefined;
  /** Further settings, by name. */
  readonly options?: Readonly<Record<string, string>> | undefined;
}

/** The user's recorded approval of {workspace folder, connection}. */
export interface GrantOfTrust {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly connectionName: string;
  /** {@link connectionKey} of the connection; absent in approvals of older versions. */
  readonly connectionKey?: string | undefined;
  readonly facts: TrustFacts;
  readonly hosts: readonly TrustedHost[];
  /** Milliseconds since the epoch. */
  readonly grantedAt: number;
}

/** What the trust dialog asks for. */
export interface TrustRequest {
  readonly folder: string;
  readonly connection: ConnectionConfig;
  readonly facts: TrustFacts;
  readonly hosts: readonly TrustedHost[];
  /** The latest approval for the same folder and connection name, when something has changed since. */
  readonly previous: GrantOfTrust | undefined;
}

/** Asks the user. Resolves to whether they allowed it; closing the dialog is a no. */
export interface Consent {
  approveConnection(request: TrustRequest, signal: AbortSignal): Promise<boolean>;
}

/** What the user lets be: connections to an origin whose certificate is not checked. Outside the reach of a repository. */
export interface UnverifiedOrigins {
  /** @param folder URI of the workspace folder. */
  isAllowed(folder: string, origin: string): boolean;
  /** Asks, and remembers a yes. Closing the question is a no. */
  ask(folder: string, origin: string, signal: AbortSignal): Promise<boolean>;
}

/** What a secret is for, so that the question can say so. */
export type SecretKind =
  | 'clientSecret'
  | 'privateKey'
  | 'token'
  | 'certificate'
  | 'passphrase'
  | 'replacement'
  /** What requests put in with `${secret:name}`; `connectionLabel` is the request's name. */
  | 'value';

/** What a secret is asked for with. */
export interface SecretRequest {
  /** URI of the workspace folder that the secret is kept for. */
  readonly folder: string;
  /** As in `${secret:name}`. */
  readonly name: string;
  readonly connectionLabel: string;
  readonly kind: SecretKind;
  /** The server has refused the secret that is stored. */
  readonly wasRejected: boolean;
  /** Says what is wrong with what was entered; absent: anything will do. */
  readonly check?: ((entered: Secret) => Promise<LatchkeyError | undefined>) | undefined;
}

/** Asks the user for a secret, hidden as it is typed. `undefined`: they closed the question. Never an empty one. */
export interface SecretPrompt {
  ask(request: SecretRequest, signal: AbortSignal): Promise<Secret | undefined>;
}

/** A session of one of VS Code's own authentication providers, as this extension was given it. */
export interface EditorSession {
  readonly id: string;
  readonly account: Account;
  readonly scopes: readonly string[];
  readonly token: Secret;
}

/** What a sign-in with one of VS Code's own providers is asked for. */
export interface EditorSignIn {
  readonly provider: string;
  readonly scopes: readonly string[];
  /** Of the connection, for the question that VS Code asks. */
  readonly connectionLabel: string;
  /** The account to use, when VS Code has several. Absent: VS Code's preference for this extension. */
  readonly account?: Account | undefined;
  /** Let the user choose among the accounts although one was chosen before. */
  readonly chooseAccount: boolean;
  /** The token that VS Code has was refused: have the user sign in anew. */
  readonly renew: boolean;
}

/** The sessions that VS Code has already, for connections that use one instead of signing in themselves. */
export interface EditorSessions {
  /**
   * Those this extension may use, one per account. Asks nobody.
   * @throws LatchkeyError `session.editorProviderMissing`.
   */
  find(provider: string, scopes: readonly string[]): Promise<readonly EditorSession[]>;
  /**
   * VS Code asks the user where it must. `undefined`: they closed the question.
   * @throws LatchkeyError `session.editorProviderMissing`.
   */
  signIn(request: EditorSignIn): Promise<EditorSession | undefined>;
}

/** Keeps grants of trust, outside the reach of a repository (globalState, never settings). */
export interface TrustStore {
  list(): readonly GrantOfTrust[];
  save(grant: GrantOfTrust): Promise<void>;
  remove(folder: string, connectionName: string): Promise<void>;
}

/** Facts about the place where Latchkey runs; input of the pure choice of a redirect strategy. */
export interface Environment {
  readonly ui: 'desktop' | 'web';
  readonly extensionHost: 'local' | 'remote' | 'worker';
  readonly portable: boolean;
  /** `vscode`, `vscode-insiders`, `vscodium`, `cursor`, … */
  readonly uriScheme: string;
}

/** How the browser comes back. */
export type RedirectKind = 'loopback' | 'editorUri' | 'editorUriWeb' | 'relay' | 'paste';

/** How a person's sign-in can go: with a redirect, or without one by a code (RFC 8628). */
export type SignInWay = RedirectKind | 'device';

/** A place where the authorization response can arrive, open for one sign-in. */
export interface OpenRedirect {
  readonly kind: RedirectKind;
  /** Byte for byte what goes into the authorization request, the registration and the token request. */
  readonly uri: string;
  /** The `state` that has to be used instead of the one that was proposed; absent: that one. */
  readonly state?: string | undefined;
  /** Delivers every callback that arrives; the listener says whether it was the one that was waited for. */
  onCallback(listener: (url: URL) => boolean): Disposable;
  /** Closes ports and forgets the attempt. Safe to call twice. */
  close(): Promise<void>;
}

/** Opens a redirect of one kind; adapters implement it with ports, the UriHandler or an input box. */
export interface RedirectStrategy {
  readonly kind: RedirectKind;
  /**
   * @param state proposed for the sign-in.
   * @throws LatchkeyError `oauth.portTaken` when every port asked for is in use, `oauth.redirectUnavailable` when no
   * answer can come back this way here.
   */
  open(connection: ConnectionConfig, state: string, signal: AbortSignal): Promise<OpenRedirect>;
}

/** What the user sees while the browser has the floor. */
export interface SignInWaiting {
  readonly connection: ConnectionConfig;
  readonly authorizationUrl: string;
  /** Milliseconds since the epoch; the server takes the URL until then. Absent: always. */
  readonly openBefore?: number | undefined;
  readonly redirect: RedirectKind;
  /** Where the browser comes back to. */
  readonly redirectUri: string;
  /** The user gave up. */
  readonly cancel: () => void;
  /** The user chose "Paste": the final URL, or the bare code. Returns an error code when it cannot be used. */
  readonly paste: (text: string) => PasteResult;
  /** The user chose "Try another way"; absent when there is none. */
  readonly tryAnotherWay: (() => void) | undefined;
}

export type PasteResult = 'accepted' | 'wrongState' | 'notUnderstood';

/** What the user sees while they approve the sign-in on a page of the server's (RFC 8628 §3.3). */
export interface DeviceWaiting {
  readonly connection: ConnectionConfig;
  /** To be shown, to be compared with what the page shows, and to be copied. Printable ASCII without markup. */
  readonly userCode: string;
  /** Where the code is entered, on whatever machine has a browser. */
  readonly verificationUri: string;
  /** When the code stops working, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** The user chose to open the page in this machine's browser. */
  readonly openPage: () => void;
  /** The user gave up. */
  readonly cancel: () => void;
  /** The user chose "Try another way"; absent when there is none. */
  readonly tryAnotherWay: (() => void) | undefined;
}

/** Shows what a sign-in waits for, all the while; disposing what comes back hides it. */
export interface SignInProgress {
  /** With "Paste the URL instead" and "Copy sign-in URL". */
  show(waiting: SignInWaiting): Disposable;
  /** With the code and where to enter it. */
  showDevice(waiting: DeviceWaiting): Disposable;
}
