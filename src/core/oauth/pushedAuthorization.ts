import { processPushedAuthorizationResponse, pushedAuthorizationRequest } from 'oauth4webapi';
import { isErrorCode, LatchkeyError } from '../errors';
import type { Log } from '../ports';
import type { AuthorizationRequest } from './authorizationUrl';
import { withProof } from './dpopRequest';
import { libraryErrorOf, serverErrorOf, type ServerError } from './libraryError';
import { clientAuthentication, libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { hostOf } from './serverMetadata';
import { shownServerError } from './tokenResponse';
import { codeUnlessResource } from './resourceRefusal';

/** What stands for an authorization request that the server has already. */
export interface PushedRequest {
  readonly uri: string;
  /** Milliseconds since the epoch. The browser has to be there by then. */
  readonly expiresAt: number;
}

/** Statuses of a server that has nothing at the endpoint that it publishes. */
const nothingThere: ReadonlySet<number> = new Set([404, 405, 501]);

/**
 * Hands the authorization request to the server itself (RFC 9126), where the server or the connection wants that, or
 * the server offers it and the connection does not object. `undefined`: it goes through the browser.
 *
 * What the server says about the request is final, whoever wanted it pushed: in the browser it would say the same. An
 * endpoint that is published and does not work is another matter. Unless pushing is required, the request then goes
 * through the browser as at any other server, where PKCE, `state` and `nonce` protect it all the same; the log says so.
 * @throws LatchkeyError `oauth.pushRefused`, `oauth.clientRejected`, `oauth.pushFailed`, `oauth.endpointMissing`, and
 * those of the transport; AbortError.
 */
export async function pushAuthorization(
  { http, log }: { readonly http: OAuthHttp; readonly log: Log },
  request: AuthorizationRequest,
  client: OAuthClient,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<PushedRequest | undefined> {
  const { connection, server } = request;
  const { pushed_authorization_request_endpoint: endpoint, require_pushed_authorization_requests: required } =
    server.metadata;
  const isRequired = connection.par ?? required === true;
  if (connection.par === false || (endpoint === undefined && !isRequired)) return undefined;
  if (endpoint === undefined) {
    throw new LatchkeyError('oauth.endpointMissing', {
      connection: connection.name,
      purpose: 'pushed authorization request',
    });
  }
  try {
    return await push(http, request, client, parameters, signal);
  } catch (error) {
    const isBroken = isErrorCode(error, 'oauth.pushFailed') || isServerError(error);
    if (isRequired || !isBroken) throw error;
    log.warn(`${error.message} It is not required, so the request goes through the browser.`);
    return undefined;
  }
}

async function push(
  http: OAuthHttp,
  request: AuthorizationRequest,
  client: OAuthClient,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<PushedRequest> {
  const { connection, server, prover } = request;
  const host = hostOf(server.metadata['pushed_authorization_request_endpoint'], server);
  try {
    return await withProof(prover, http.clock, async (proof) => {
      const sentAt = http.clock.now();
      const answer = await pushedAuthorizationRequest(
        server.metadata,
        libraryClient(client),
        clientAuthentication(client, connection.name),
        parameters,
        { ...oauthRequestOptions(http, server, 'pushedAuthorization', signal), ...proof },
      );
      if (nothingThere.has(answer.status)) throw failed(host, `HTTP ${answer.status}`);
      const { request_uri: uri, expires_in: lifetime } = await processPushedAuthorizationResponse(
        server.metadata,
        libraryClient(client),
        await asCreated(answer),
      );
      return { uri, expiresAt: sentAt + lifetime * 1000 };
    });
  } catch (error) {
    const refused = await serverErrorOf(error);
    if (refused) throw refusal(refused, host);
    const broken = libraryErrorOf(error);
    throw broken ? failed(host, broken.reason) : error;
  }
}

/** RFC 9126 §2.2 asks for 201; the difference to 200 means nothing here. */
async function asCreated(response: Response): Promise<Response> {
  if (response.status !== 200) return response;
  return new Response(await response.text(), { status: 201, headers: response.headers });
}

function failed(host: string, reason: string): LatchkeyError {
  return new LatchkeyError('oauth.pushFailed', { host, reason });
}

function isServerError(error: unknown): error is LatchkeyError {
  return isErrorCode(error, 'oauth.serverBusy') && Number(error.data['status']) >= 500;
}

function refusal(answer: ServerError, host: string): LatchkeyError {
  const isClient = ['invalid_client', 'unauthorized_client'].includes(answer.error);
  return new LatchkeyError(isClient ? 'oauth.clientRejected' : codeUnlessResource(answer.error, 'oauth.pushRefused'), {
    host,
    ...shownServerError(answer),
  });
}
