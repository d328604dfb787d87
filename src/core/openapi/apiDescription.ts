import type { ApiNode } from './apiNode';

/** An API description, whatever version of OpenAPI it is written in. */
export interface ApiDescription {
  readonly title: string;
  /** Of the API, not of OpenAPI. */
  readonly version: string | undefined;
  readonly description: string | undefined;
  /** Absolute where that can be known, without a slash at the end; the first is the usual one. */
  readonly servers: readonly string[];
  /** In the order in which they are written. */
  readonly operations: readonly Operation[];
  /** Descriptions by tag, in the order of the document. */
  readonly tags: ReadonlyMap<string, string | undefined>;
  readonly securitySchemes: ReadonlyMap<string, SecurityScheme>;
}

/** One method of one path. */
export interface Operation {
  /** Method and path, which no two have in common. */
  readonly id: string;
  readonly operationId: string | undefined;
  /** In upper case. */
  readonly method: string;
  /** With `{name}` where a parameter goes. */
  readonly path: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly isDeprecated: boolean;
  /** Where it is somewhere else than the rest of the API. */
  readonly servers: readonly string[] | undefined;
  readonly parameters: readonly Parameter[];
  readonly body: RequestBody | undefined;
  /** Ways to be allowed in, each of them enough; none: nobody needs to be. */
  readonly security: readonly SecurityRequirement[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly isRequired: boolean;
  readonly description: string | undefined;
  readonly schema: ApiNode | undefined;
  /** An example of its own. */
  readonly example: ApiNode | undefined;
  /** Whether each item of a list is an entry of its own, and otherwise what is between the items. */
  readonly list: { readonly explode: boolean; readonly separator: ',' | ' ' | '|' | '\t' };
  /** Members of an object are entries of the name `name[member]`. */
  readonly isDeep: boolean;
  /** The value is JSON (`content` instead of `schema`). */
  readonly isJson: boolean;
}

export interface RequestBody {
  /** The media type that is written best: JSON before forms before text. */
  readonly mediaType: string;
  readonly schema: ApiNode | undefined;
  readonly example: ApiNode | undefined;
}

/** Schemes that are needed together, with the scopes of each. */
export type SecurityRequirement = ReadonlyMap<string, readonly string[]>;

/** How a request shows who sends it (OpenAPI 3.1 §4.8.27). */
export type SecurityScheme =
  | { readonly kind: 'oauth2'; readonly flows: OAuthFlows }
  | { readonly kind: 'openIdConnect'; readonly url: string }
  | { readonly kind: 'http'; readonly scheme: string }
  | { readonly kind: 'apiKey'; readonly in: 'query' | 'header' | 'cookie'; readonly name: string }
  /** A client certificate, or what no version of OpenAPI knows. */
  | { readonly kind: 'other'; readonly type: string };

export interface OAuthFlow {
  readonly authorizationUrl: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly deviceAuthorizationUrl: string | undefined;
}

export type OAuthFlowName = 'authorizationCode' | 'deviceAuthorization' | 'clientCredentials' | 'implicit' | 'password';
export type OAuthFlows = Readonly<Partial<Record<OAuthFlowName, OAuthFlow>>>;
