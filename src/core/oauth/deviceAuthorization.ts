import { deviceAuthorizationRequest, processDeviceAuthorizationResponse } from 'oauth4webapi';
import { isAbort, LatchkeyError } from '../errors';
import { Secret } from '../secret';
import { extraParameters, type AuthorizationRequest } from './authorizationUrl';
import { libraryErrorOf, serverErrorOf } from './libraryError';
import { clientAuthentication, libraryClient, type OAuthClient } from './oauthClient';
import { oauthRequestOptions, type OAuthHttp } from './oauthHttp';
import { secureUrl } from './secureUrl';
import { hostOf, type ServerMetadata } from './serverMetadata';
import { conformingTokenResponse, shownServerError } from './tokenResponse';
import { codeUnlessResource } from './resourceRefusal';

/** A sign-in that the user approves on a page of the server's (RFC 8628 §3.2), checked and fit to be shown. */
export interface DeviceAuthorization {
  readonly deviceCode: Secret;
  /** Printable ASCII without markup. */
  readonly userCode: string;
  /** Where the user enters the code: https, this machine, or an http origin that the user approved. */
  readonly verificationUri: string;
  /** The page to open: the same one, with the code filled in where the server offers that. */
  readonly page: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Milliseconds between two questions whether the user has approved. */
  readonly interval: number;
}

/** Milliseconds between two questions when the server names none (RFC 8628 §3.5), and the least that is kept. */
const defaultInterval = 5_000;
const shortestInterval = 1_000;

/** Milliseconds that a sign-in is waited for, however long the server would. */
const longestLifetime = 60 * 60_000;

/** What servers make codes of. It keeps out what can hide, reorder or link text, and what nobody would type. */
const showableCode = /^[A-Za-z0-9](?:[A-Za-z0-9 _.-]{0,38}[A-Za-z0-9])?$/;

/**
 * Asks for a code (RFC 8628 §3.1) with the scopes, the audience, the resources and the extra parameters of the
 * authorization phase.
 * @throws LatchkeyError `oauth.deviceRequestRefused`, `oauth.deviceResponseInvalid`, `oauth.userCodeUnsafe`, and those
 * of the transport; AbortError.
 */
export async function requestDeviceAuthorization(
  http: OAuthHttp,
  request: AuthorizationRequest,
  client: OAuthClient,
  signal: AbortSignal,
): Promise<DeviceAuthorization> {
  const { connection, server } = request;
  const endpoint = server.metadata.device_authorization_endpoint;
  const answer = await deviceAuthorizationRequest(
    server.metadata,
    libraryClient(client),
    clientAuthentication(client, connection.name),
    parametersOf(request),
    oauthRequestOptions(http, server, 'deviceAuthorization', signal),
  );
  const arrivedAt = http.clock.now();
  const host = hostOf(endpoint, server);
  try {
    return judge(await readAnswer(server, client, answer), server, host, arrivedAt);
  } catch (error) {
    throw await deviceError(error, host);
  }
}

function parametersOf(request: AuthorizationRequest): URLSearchParams {
  const { connection, scopes } = request;
  const { audience = '', resource } = connection;
  const sent = new URLSearchParams(extraParameters(connection));
  if (scopes.length > 0) sent.set('scope', scopes.join(' '));
  if (audience !== '') sent.set('audience', audience);
  for (const item of resource) sent.append('resource', item);
  return sent;
}

type Answer = Awaited<ReturnType<typeof processDeviceAuthorizationResponse>>;

/** `null`, an empty text and an interval that is no positive number count as absent; the address's older name will do. */
async function readAnswer(server: ServerMetadata, client: OAuthClient, answer: Response): Promise<Answer> {
  const { response, body } = await conformingTokenResponse(answer, []);
  if (response.status !== 200) {
    return processDeviceAuthorizationResponse(server.metadata, libraryClient(client), response);
  }
  const present = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== ''));
  const { interval, verification_uri: uri = present['verification_url'], ...others } = present;
  const seconds = Number(interval);
  const clean = { ...others, verification_uri: uri, ...(seconds > 0 ? { interval: seconds } : {}) };
  const { headers } = response;
  const conforming = new Response(JSON.stringify(clean), { headers });
  return processDeviceAuthorizationResponse(server.metadata, libraryClient(client), conforming);
}

function judge(answer: Answer, server: ServerMetadata, host: string, arrivedAt: number): DeviceAuthorization {
  const { device_code: deviceCode, user_code: userCode, expires_in: lifetime, interval } = answer;
  if (!showableCode.test(userCode)) throw new LatchkeyError('oauth.userCodeUnsafe', { host });
  const verification = secureUrl(answer.verification_uri, 'verification', server.insecureOrigins);
  return {
    deviceCode: new Secret(deviceCode),
    userCode,
    verificationUri: verification.href,
    page: pageToOpen(verification, answer.verification_uri_complete),
    expiresAt: arrivedAt + Math.min(lifetime * 1000, longestLifetime),
    interval: Math.max(shortestInterval, interval === undefined ? defaultInterval : interval * 1000),
  };
}

/** Another origin than the one that the user is shown could be anybody's, so it is not opened. */
function pageToOpen(verification: URL, complete: string | undefined): string {
  const url = complete !== undefined && URL.canParse(complete) ? new URL(complete) : undefined;
  const isSamePlace = url?.origin === verification.origin && url.username === '' && url.password === '';
  return isSamePlace ? url.href : verification.href;
}

async function deviceError(error: unknown, host: string): Promise<unknown> {
  if (error instanceof LatchkeyError || isAbort(error)) return error;
  const refused = await serverErrorOf(error);
  if (refused) {
    const code = codeUnlessResource(refused.error, 'oauth.deviceRequestRefused');
    return new LatchkeyError(code, { host, ...shownServerError(refused) });
  }
  const broken = libraryErrorOf(error);
  return broken ? new LatchkeyError('oauth.deviceResponseInvalid', { host, reason: broken.reason }) : error;
}
