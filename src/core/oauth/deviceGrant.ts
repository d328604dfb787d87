import { isAbort, LatchkeyError } from '../errors';
import type { AuthorizationRequest } from './authorizationUrl';
import type { Authorized } from './authorized';
import { registerClient } from './clientRegistration';
import { requestDeviceAuthorization, type DeviceAuthorization } from './deviceAuthorization';
import { pollForTokens } from './devicePolling';
import { configuredClient, type OAuthClient } from './oauthClient';
import type { OAuthHttp } from './oauthHttp';
import { openBrowser, type WaitingPorts } from './waitForCallback';

/** The ports that a sign-in with a code needs. */
export interface DevicePorts extends WaitingPorts {
  readonly http: OAuthHttp;
}

/** A sign-in with a code that has begun: the server waits for the user's approval. */
export interface StartedDevice {
  readonly client: OAuthClient;
  readonly authorization: DeviceAuthorization;
}

/**
 * Gets a code for the connection's client, or for one that is registered for this sign-in.
 * @throws LatchkeyError when the server does not give one out; AbortError.
 */
export async function startOnDevice(
  { http }: Pick<DevicePorts, 'http'>,
  request: AuthorizationRequest,
  signal: AbortSignal,
): Promise<StartedDevice> {
  const { connection, server } = request;
  requireEndpoints(request);
  const client =
    configuredClient(connection, server) ??
    (await registerClient(http, server, connection, { grant: 'deviceCode' }, signal));
  return { client, authorization: await requestDeviceAuthorization(http, request, client, signal) };
}

function requireEndpoints({ connection, server }: AuthorizationRequest): void {
  const { device_authorization_endpoint: device, token_endpoint: token } = server.metadata;
  if (device !== undefined && token !== undefined) return;
  const purpose = device === undefined ? 'device authorization' : 'token';
  throw new LatchkeyError('oauth.endpointMissing', { connection: connection.name, purpose });
}

/**
 * Shows the code and waits for the first of: the user's approval or refusal, their cancel, "try another way", the
 * code's end. The page is opened only when they ask for it.
 * @returns `undefined`: they want another way.
 * @throws AbortError when cancelled; LatchkeyError when the server refused or the code has expired.
 */
export async function finishOnDevice(
  ports: DevicePorts,
  { connection, server, prover }: AuthorizationRequest,
  { client, authorization }: StartedDevice,
  hasAnotherWay: boolean,
  signal: AbortSignal,
): Promise<Authorized | undefined> {
  const cancelled = new AbortController();
  const otherWay = new AbortController();
  const { userCode, verificationUri, expiresAt, page } = authorization;
  ports.log.info(`Waiting for a code to be confirmed at ${new URL(verificationUri).origin}`);
  const shown = ports.progress.showDevice({
    ...{ connection, userCode, verificationUri, expiresAt },
    openPage: () => openBrowser(ports, page),
    cancel: () => cancelled.abort(),
    tryAnotherWay: hasAnotherWay ? () => otherWay.abort() : undefined,
  });
  const ended = AbortSignal.any([signal, cancelled.signal, otherWay.signal]);
  try {
    const poll = { connection, server, client, authorization, prover };
    return { client, ...(await pollForTokens(ports.http, ports.log, poll, ended)) };
  } catch (error) {
    if (otherWay.signal.aborted && isAbort(error)) return undefined;
    throw error;
  } finally {
    shown.dispose();
  }
}
