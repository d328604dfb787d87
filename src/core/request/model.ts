import type { HmacAlgorithm } from '../http/signing/signingText';
import type { ClientAuth, ExchangedTokenSetting, Grant, KeySource } from '../oauth/model';
import type { TokenPlacement } from '../oauth/quirks/quirks';
import type { Diagnostic, TextRange } from './diagnostic';
import type { CaptureEntry, ExpectEntry } from './expectModel';
import type { Inputs, RequestFlow } from './flow';
import type { Template, Value } from './value';
import type { YamlNode } from './yaml/yamlNode';

/** A parsed request file. Nothing in it is resolved yet. */
export interface RequestFile {
  /** In file order; faulty ones included, so that they can be shown. */
  readonly requests: readonly RequestEntry[];
  /** Top-level settings, inherited by every request. */
  readonly settings: Settings;
  readonly variables: Variables;
  /** Paths of other request files, whose requests can be prerequisites. */
  readonly imports: readonly NamedSetting[];
  readonly inputs: Inputs;
  /** Errors outside of requests and variables: no request of the file can be sent while there is one. */
  readonly faults: readonly Diagnostic[];
  /** Everything found while parsing, by position; ranges are UTF-16 offsets in the parsed text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** One entry of `requests:`. */
export interface RequestEntry {
  /** The key: how commands name the request. */
  readonly name: string;
  readonly nameRange: TextRange;
  /** From the key to the end of the value. */
  readonly range: TextRange;
  /** Whole lines, up to the next request: where a cursor counts as being in this request. */
  readonly extent: TextRange;
  /** What people read: `name:`, else the key. */
  readonly title: string;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  /** `undefined` when the file does not say it properly. */
  readonly method: string | undefined;
  readonly url: Template | undefined;
  readonly settings: Settings;
  readonly body: Body | undefined;
  /** The request opens a WebSocket, with the method `WEBSOCKET`. */
  readonly socket: SocketEntry | undefined;
  readonly variables: Variables;
  /** `undefined` when nothing is expected. */
  readonly expect: ExpectEntry | undefined;
  readonly captures: readonly CaptureEntry[];
  readonly flow: RequestFlow;
  /** The errors in this request: it cannot be sent while there is one. */
  readonly faults: readonly Diagnostic[];
}

/** What project defaults, the top level of a request file and a request can all say. `null` removes what is inherited. */
export interface Settings {
  readonly auth: AuthSetting | null | undefined;
  readonly baseUrl: Template | null | undefined;
  readonly headers: readonly Field[];
  readonly query: readonly Field[];
  readonly timeout: TimeoutSetting;
  /** How many redirects are followed. */
  readonly redirects: number | null | undefined;
  /** Whether cookies are kept and sent. */
  readonly cookies: boolean | null | undefined;
}

/** Milliseconds per phase. */
export interface TimeoutSetting {
  readonly connect?: number | null;
  readonly headers?: number | null;
  readonly idle?: number | null;
  readonly total?: number | null;
}

export type AuthSetting =
  | { readonly kind: 'none' | 'auto'; readonly range: TextRange }
  | {
      readonly kind: 'connection';
      readonly connection: Template;
      readonly account: Template | undefined;
      readonly scopes: readonly Template[] | undefined;
      /** Absent: where the connection's provider wants the token. */
      readonly placement?: TokenPlacement | undefined;
      readonly range: TextRange;
    }
  | CredentialsSetting;

/** A way to authenticate that needs no connection. The secrets in it are named, never written out. */
export type CredentialsSetting =
  | {
      readonly kind: 'basic' | 'digest';
      readonly username: Template;
      readonly password: Template;
      readonly range: TextRange;
    }
  | { readonly kind: 'bearer'; readonly token: Template; readonly range: TextRange }
  | {
      readonly kind: 'apiKey';
      readonly placement: TokenPlacement;
      readonly value: Template;
      readonly range: TextRange;
    }
  | {
      readonly kind: 'awsSigV4';
      readonly region: Template;
      readonly service: Template;
      readonly accessKeyId: Template;
      readonly secretAccessKey: Template;
      readonly sessionToken: Template | undefined;
      readonly range: TextRange;
    }
  | {
      readonly kind: 'hmac';
      readonly key: Template;
      readonly header: string;
      /** `undefined`: the body. */
      readonly message: Template | undefined;
      /** `undefined`: the signature in hex. */
      readonly value: Template | undefined;
      readonly algorithm: HmacAlgorithm;
      readonly range: TextRange;
    };

/** A named entry of `query`, `headers` or `form`. */
export interface Field {
  readonly name: string;
  readonly nameRange: TextRange;
  /** A list repeats the entry, a `null` removes it. */
  readonly value: Value;
}

export type Body =
  | { readonly kind: 'json'; readonly value: Value; readonly range: TextRange }
  | { readonly kind: 'form'; readonly fields: readonly Field[]; readonly range: TextRange }
  | { readonly kind: 'text' | 'xml'; readonly text: Template; readonly range: TextRange }
  | {
      readonly kind: 'graphql';
      readonly query: Template;
      readonly operationName: Template | undefined;
      readonly variables: Value | undefined;
      readonly range: TextRange;
    }
  /** The path as it is written, relative to the file. */
  | { readonly kind: 'file'; readonly path: Template; readonly range: TextRange }
  | { readonly kind: 'multipart'; readonly fields: readonly MultipartField[]; readonly range: TextRange };

export interface SocketEntry {
  readonly messages: readonly MessageEntry[];
}

/** `after`: milliseconds to wait before. */
export type MessageEntry =
  | { readonly kind: 'text' | 'base64'; readonly text: Template; readonly after: number }
  | { readonly kind: 'file'; readonly path: Template; readonly after: number }
  | { readonly kind: 'json'; readonly value: Value; readonly after: number };

/** One part of a multipart body; a list makes several of one name. */
export interface MultipartField {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly part: PartEntry;
}

/** `type`: the Content-Type; `undefined`: what fits. */
export type PartEntry =
  | { readonly kind: 'value' | 'json'; readonly value: Value; readonly type: Template | undefined }
  | {
      readonly kind: 'file';
      readonly path: Template;
      readonly type: Template | undefined;
      readonly name: Template | undefined;
    };

export type Variables = ReadonlyMap<string, Variable>;

export interface Variable {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly value: Value;
  readonly origin: FileOrigin;
  /** The errors in its value: using it fails while there is one. */
  readonly faults: readonly Diagnostic[];
}

/** Which of the files a thing is written in. */
export type FileOrigin = 'requestFile' | 'projectFile' | 'localProjectFile';

/** A parsed `latchkey.yaml`, or two of them merged. */
export interface ProjectFile {
  readonly connections: ReadonlyMap<string, ConnectionEntry>;
  readonly environments: ReadonlyMap<string, EnvironmentEntry>;
  readonly variables: Variables;
  readonly defaults: Settings;
  /** By serialised origin. */
  readonly tls: ReadonlyMap<string, TlsEntry>;
  /** Names of environments that ask before anything that changes data is sent. */
  readonly protect: readonly string[];
  readonly inputs: Inputs;
  /** Errors outside of connections, environments and variables: nothing that needs the file can be sent. */
  readonly faults: readonly Diagnostic[];
  /** Everything found while parsing; after a merge, what was found in the file merged into. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the file says, kept for merging. */
  readonly root: YamlNode | undefined;
  /** Folder of the file, relative to its workspace folder; absent: not known, so the paths in it are not checked. */
  readonly directory?: string | undefined;
  /** What `.env` beside the file says; absent: there is none, or it may not be read. */
  readonly env?: ReadonlyMap<string, string> | undefined;
}

/** One entry of `tls:`. Paths are as they are written: relative to the file. */
export interface TlsEntry {
  /** Serialised. */
  readonly origin: string;
  readonly originRange: TextRange;
  readonly ca: readonly string[];
  readonly cert: KeySource | undefined;
  readonly key: KeySource | undefined;
  readonly pfx: KeySource | undefined;
  /** Name of a secret. */
  readonly passphrase: string | undefined;
  readonly verify: boolean;
}

export interface EnvironmentEntry {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly variables: Variables;
}

/** One entry of `connections:`, before its variables are put in. */
export interface ConnectionEntry {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly range: TextRange;
  readonly label: Template | undefined;
  readonly grant: Grant;
  readonly issuer: Template | undefined;
  readonly endpoints: Readonly<Partial<Record<EndpointName, Template>>>;
  readonly clientId: Template | undefined;
  /** The name in `${secret:name}`; the secret itself is never in a file. */
  readonly clientSecretName: string | undefined;
  readonly clientAuth: ClientAuth | undefined;
  readonly preset: NamedSetting | undefined;
  readonly vscode: NamedSetting | undefined;
  readonly privateKey: PrivateKeyEntry | undefined;
  readonly assertion: AssertionEntry | undefined;
  readonly exchange: ExchangeEntry | undefined;
  readonly scopes: readonly Template[];
  readonly audience: Template | undefined;
  readonly resource: readonly Template[];
  /** `undefined` when the file names none. */
  readonly origins: readonly Template[] | undefined;
  readonly redirect: RedirectSetting;
  readonly parameters: Readonly<Record<ParameterPhase, readonly Field[]>>;
  readonly dpop: boolean | undefined;
  readonly par: boolean | undefined;
  readonly refreshOn: readonly number[] | undefined;
  /** The errors in it: it cannot be used while there is one. */
  readonly faults: readonly Diagnostic[];
}

/** A name that is looked up, and where it stands. */
export interface NamedSetting {
  readonly name: string;
  readonly range: TextRange;
}

export interface PrivateKeyEntry {
  readonly source: KeySource;
  readonly keyId: Template | undefined;
  readonly algorithm: Template | undefined;
}

export interface AssertionEntry {
  readonly issuer: Template | undefined;
  readonly subject: Template | undefined;
  readonly audience: Template | undefined;
  readonly claims: readonly Field[];
}

export interface ExchangeEntry {
  readonly subject: ExchangedTokenSetting['source'] | undefined;
  readonly subjectType: Template | undefined;
  readonly actor: ExchangedTokenSetting['source'] | undefined;
  readonly actorType: Template | undefined;
  readonly requestedType: Template | undefined;
  readonly range: TextRange;
}

export type RedirectSetting =
  | { readonly kind: 'auto' }
  | { readonly kind: 'loopback'; readonly ports: readonly number[]; readonly path: string }
  | { readonly kind: 'editorUri' }
  | { readonly kind: 'paste' | 'relay'; readonly uri: Template };

export type EndpointName =
  'authorization' | 'token' | 'revocation' | 'userinfo' | 'endSession' | 'deviceAuthorization' | 'introspection';

export type ParameterPhase = 'authorize' | 'token' | 'refresh';
