import type { NewYaml } from '../request/edit/newYaml';
import type { ImportNote } from './importNote';

/**
 * What a file of another tool says, whichever tool that is. Texts hold variables as `expressionMark`s, and secrets as
 * they were written: nothing of this is shown or stored before it has become request files.
 */
export interface ImportedCollection {
  readonly name: string;
  /** In the order of the file. */
  readonly requests: readonly ImportedRequest[];
  readonly variables: readonly ImportedVariable[];
  readonly environments: readonly ImportedEnvironment[];
  /** About the collection as a whole. */
  readonly notes: readonly ImportNote[];
}

export interface ImportedRequest {
  readonly name: string;
  /** Folders from the outermost to the innermost. */
  readonly folder: readonly string[];
  readonly description?: string | undefined;
  /** `WEBSOCKET` opens one; the text of its body is sent over it, one message after another between lines of `===`. */
  readonly method: string;
  /** May hold a query; what is in `query` comes behind it. */
  readonly url: string;
  /** Encoded as in a URL. */
  readonly query?: readonly ImportedField[] | undefined;
  readonly headers: readonly ImportedField[];
  /** `undefined`: nobody is meant, as with `none`. */
  readonly auth?: ImportedAuth | undefined;
  readonly body?: ImportedBody | undefined;
  readonly variables?: readonly ImportedVariable[] | undefined;
  readonly captures?: readonly ImportedCapture[] | undefined;
  /** Names of requests of the collection that have to be sent before. */
  readonly needs?: readonly string[] | undefined;
  /** The status that a test expects. */
  readonly status?: number | undefined;
  /** How many redirects are followed. */
  readonly redirects?: number | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  readonly cookies?: boolean | undefined;
  readonly notes: readonly ImportNote[];
}

export interface ImportedField {
  readonly name: string;
  readonly value: string;
}

/** A value that is taken out of a response. */
export interface ImportedCapture {
  readonly name: string;
  /** The variable that means it from then on; absent: the one of that name. */
  readonly variable?: string | undefined;
  /** As `capture` has it, such as `$.token`. */
  readonly from: string;
}

export interface ImportedVariable {
  readonly name: string;
  readonly value: NewYaml;
  /** The tool keeps it as a secret. */
  readonly isSecret?: boolean | undefined;
}

export interface ImportedEnvironment {
  readonly name: string;
  readonly variables: readonly ImportedVariable[];
}

export type ImportedBody =
  /** A text; as JSON or XML where the `Content-Type` header, or `type` where there is none, says so. */
  | { readonly kind: 'text'; readonly text: string; readonly type?: string | undefined }
  | { readonly kind: 'form'; readonly fields: readonly ImportedField[] }
  | { readonly kind: 'multipart'; readonly parts: readonly ImportedPart[] }
  | { readonly kind: 'file'; readonly path: string; readonly type?: string | undefined }
  | {
      readonly kind: 'graphql';
      readonly query: string;
      /** JSON. */
      readonly variables?: string | undefined;
      readonly operationName?: string | undefined;
    };

export interface ImportedPart {
  readonly name: string;
  readonly content: { readonly text: string } | { readonly file: string };
  readonly type?: string | undefined;
  readonly fileName?: string | undefined;
}

export type ImportedAuth =
  /** `auto`: the API is asked where to sign in. */
  | { readonly kind: 'none' | 'auto' }
  | { readonly kind: 'basic' | 'digest'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'apiKey'; readonly in: 'header' | 'query'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'awsSigV4';
      readonly region: string;
      readonly service: string;
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken: string;
    }
  | { readonly kind: 'oauth2'; readonly client: ImportedClient };

/** An OAuth client with its server; texts that the file does not have are empty. */
export interface ImportedClient {
  readonly name: string;
  readonly grant: 'authorizationCode' | 'clientCredentials' | 'deviceCode';
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly deviceAuthorizationUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientAuth: 'basic' | 'post' | undefined;
  readonly scopes: readonly string[];
  readonly audience: string;
  readonly resource: string;
}
