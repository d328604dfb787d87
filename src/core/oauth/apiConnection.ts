import { abortError, isErrorCode, LatchkeyError } from '../errors';
import { discoverServer } from './discovery';
import { discoveredConnection, type DiscoveredFacts } from './discoveredConnection';
import { discoveredScopes, withIdentityScopes } from './discoveredScopes';
import type { OAuthHttp } from './oauthHttp';
import { documentationUrl } from './protectedResource';
import { discoverResource, type AskedApi } from './resourceDiscovery';
import type { ServerMetadata } from './serverMetadata';

/** What is needed of the user on the way. Each resolves to `undefined` when they give up. */
export interface ApiQuestions {
  /** Several authorization servers serve the API. */
  chooseServer(issuers: readonly string[], signal: AbortSignal): Promise<string | undefined>;
  chooseScopes(
    offered: readonly string[],
    preselected: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined>;
  /** The server registers no clients by itself. */
  enterClientId(request: ClientIdRequest, signal: AbortSignal): Promise<string | undefined>;
}

export interface ClientIdRequest {
  /** Host of the authorization server, with port. */
  readonly host: string;
  /** https pages that may say how to register there, most useful first. */
  readonly documentation: readonly string[];
  /** It takes the URL of a document that describes the client as its id. */
  readonly takesDocumentUrl: boolean;
}

/**
 * Finds out how to sign in to an API that nobody has described in a project file: RFC 9728, then RFC 8414 or OpenID
 * Connect Discovery, then what is to be asked. An API that publishes nothing is tried as its own issuer.
 * @throws LatchkeyError `api.*`, or why the authorization server cannot be used; AbortError.
 */
export async function findApiConnection(
  http: OAuthHttp,
  asked: AskedApi,
  questions: ApiQuestions,
  signal: AbortSignal,
): Promise<DiscoveredFacts> {
  const { resource, scopes: challenged, tried } = await discoverResource(http, asked, signal);
  const { origin } = asked.url;
  const issuers = resource?.issuers ?? [origin];
  const issuer = issuers.length === 1 ? issuers[0] : await questions.chooseServer(issuers, signal);
  if (issuer === undefined) throw abortError();
  const draft = { origin, issuer, resource: resource?.resource, clientId: undefined, scopes: [], dpop: false };
  const server = await discoverServer(http, discoveredConnection(draft), signal).catch((error: unknown) => {
    if (resource || !isErrorCode(error, 'oauth.discoveryNotFound')) throw error;
    throw new LatchkeyError('api.signInUnknown', { origin, tried: [...tried, String(error.data['url'])].join(', ') });
  });
  return {
    ...draft,
    scopes: await scopesFor(server, challenged, resource?.scopes ?? [], questions, signal),
    clientId: await clientIdFor(server, resource?.documentation, questions, signal),
    dpop: resource?.dpop ?? false,
  };
}

async function scopesFor(
  { metadata }: ServerMetadata,
  challenged: readonly string[] | undefined,
  supported: readonly string[],
  questions: ApiQuestions,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const found = discoveredScopes(challenged, supported);
  const { kind } = found;
  const scopes =
    kind === 'given' ? found.scopes : await questions.chooseScopes(found.offered, found.preselected, signal);
  if (scopes === undefined) throw abortError();
  return withIdentityScopes(scopes, metadata.scopes_supported ?? []);
}

/** `undefined`: a client is registered for the sign-in. */
async function clientIdFor(
  server: ServerMetadata,
  apiDocumentation: string | undefined,
  questions: ApiQuestions,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { metadata } = server;
  if (metadata.registration_endpoint !== undefined) return undefined;
  const pages = [documentationUrl(metadata.service_documentation), apiDocumentation];
  const request: ClientIdRequest = {
    host: new URL(server.id).host,
    documentation: pages.filter((page) => page !== undefined),
    takesDocumentUrl: metadata['client_id_metadata_document_supported'] === true,
  };
  const clientId = (await questions.enterClientId(request, signal))?.trim();
  if (clientId === undefined || clientId === '') throw abortError();
  return clientId;
}
