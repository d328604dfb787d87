import { isAbort, isErrorCode, LatchkeyError } from '../errors';
import type { Random } from '../ports';
import { newAttempt, type AuthorizationAttempt } from './authorizationAttempt';
import type { Authorized } from './authorized';
import {
  asksForIdToken,
  authorizationParameters,
  authorizationUrl,
  type AuthorizationRequest,
} from './authorizationUrl';
import { registerClient } from './clientRegistration';
import { exchangeCode } from './codeExchange';
import { finishOnDevice, startOnDevice } from './deviceGrant';
import type { ConnectionConfig } from './model';
import { clientAuthentication, configuredClient, type OAuthClient } from './oauthClient';
import type { OAuthHttp } from './oauthHttp';
import { quirksOf } from './presets/presets';
import { pushAuthorization } from './pushedAuthorization';
import { toldInCallback, type ToldBeside } from './quirks/toldBeside';
import type { ServerMetadata } from './serverMetadata';
import type { OpenRedirect, RedirectStrategy, SignInWay } from './signInPorts';
import { waitForCallback, type WaitingPorts } from './waitForCallback';

/** The ports that a sign-in through the browser needs. */
export interface AuthorizationPorts extends WaitingPorts {
  readonly http: OAuthHttp;
  readonly random: Random;
  /** At most one per kind. */
  readonly strategies: readonly RedirectStrategy[];
}

/**
 * Signs in through the browser with the authorization code grant and PKCE, or with a code (RFC 8628), trying the ways
 * in turn until one works.
 * @param kinds the ways, best first.
 * @throws AbortError when cancelled, LatchkeyError for everything else.
 */
export async function authorizeInBrowser(
  ports: AuthorizationPorts,
  request: AuthorizationRequest,
  kinds: readonly SignInWay[],
  signal: AbortSignal,
): Promise<Authorized> {
  const ways = kinds.flatMap((kind) => wayOf(kind, ports) ?? []);
  let failure: Error | undefined;
  for (const [index, way] of ways.entries()) {
    try {
      const authorized = await tryWay(ports, request, way, index + 1 < ways.length, signal);
      if (authorized) return authorized;
    } catch (error) {
      if (!(error instanceof WayFailed) || isFinal(error.cause, request.connection)) throw unwrapped(error);
      ports.log.warn(`Cannot sign in by ${way === 'device' ? way : way.kind}: ${error.message}`);
      failure ??= error.cause;
    }
  }
  throw failure ?? new LatchkeyError('oauth.noRedirect', { connection: request.connection.name });
}

/** `undefined`: there is nothing in this window that implements it. */
function wayOf(kind: SignInWay, { strategies }: AuthorizationPorts): RedirectStrategy | 'device' | undefined {
  return kind === 'device' ? kind : strategies.find((strategy) => strategy.kind === kind);
}

/** A way could not be set up, so the next one may be tried. */
class WayFailed extends Error {
  override readonly cause: Error;

  constructor(cause: Error) {
    super(cause.message, { cause });
    this.cause = cause;
  }
}

function unwrapped(error: unknown): unknown {
  return error instanceof WayFailed ? error.cause : error;
}

/**
 * A port that the project file insists on is not silently replaced: it is what is registered, and pasting an answer
 * that the browser delivers to another program's port would be odd advice.
 */
function isFinal(error: unknown, { redirect }: ConnectionConfig): boolean {
  if (isAbort(error) || isErrorCode(error, 'oauth.registrationUnsupported')) return true;
  return redirect.kind === 'loopback' && isErrorCode(error, 'oauth.portTaken');
}

/** By which a server says that it does not know a redirect URI (RFC 9126 §2.3, RFC 7591 §3.2.2). */
const redirectErrors: ReadonlySet<string> = new Set(['invalid_redirect_uri', 'invalid_request']);

/** `undefined`: the user wants another way. */
async function tryWay(
  ports: AuthorizationPorts,
  request: AuthorizationRequest,
  way: RedirectStrategy | 'device',
  hasAnotherWay: boolean,
  signal: AbortSignal,
): Promise<Authorized | undefined> {
  if (way !== 'device') return tryRedirect(ports, request, way, hasAnotherWay, signal);
  const started = await setUp(startOnDevice(ports, request, signal));
  return finishOnDevice(ports, request, started, hasAnotherWay, signal);
}

async function tryRedirect(
  ports: AuthorizationPorts,
  request: AuthorizationRequest,
  strategy: RedirectStrategy,
  hasAnotherWay: boolean,
  signal: AbortSignal,
): Promise<Authorized | undefined> {
  const fresh = newAttempt(ports.random);
  const { connection } = request;
  const redirect = await setUp(strategy.open(connection, fresh.state, signal));
  const attempt = { ...fresh, state: redirect.state ?? fresh.state };
  try {
    const client = await setUp(clientFor(ports.http, request, redirect, signal));
    const parameters = await authorizationParameters(request, attempt, client.id, redirect.uri);
    const pushed = await orNextWay(pushAuthorization(ports, request, client, parameters, signal));
    const url = authorizationUrl(request, pushed ? { client_id: client.id, request_uri: pushed.uri } : parameters);
    const expected = { state: attempt.state, server: request.server, clientId: client.id };
    const trip = {
      connection,
      redirect,
      expected,
      authorizationUrl: url,
      openBefore: pushed?.expiresAt,
      hasAnotherWay,
    };
    ports.log.info(`Waiting for the browser: ${redirect.kind}, ${new URL(url).origin}`);
    const result = await waitForCallback(ports, trip, signal);
    if (result.kind === 'tryAnotherWay') return undefined;
    const nonce = asksForIdToken(request) ? attempt.nonce : undefined;
    const exchange = { ...codeParameters(request, attempt, redirect), client, callback: result.callback, nonce };
    const told = toldInCallback(result.callback.parameters, quirksOf(request.server.preset).authorizationResponse);
    const exchanged = await exchangeCode(ports.http, exchange, signal);
    return { client, ...exchanged, ...together(told, exchanged) };
  } finally {
    await redirect.close();
  }
}

/** What is kept of two answers to one sign-in; the later one counts. */
function together({ captured: first }: ToldBeside, { captured: second }: ToldBeside): ToldBeside {
  return (first ?? second) ? { captured: { ...first, ...second } } : {};
}

function codeParameters(
  { connection, server, prover }: AuthorizationRequest,
  { verifier }: AuthorizationAttempt,
  { uri: redirectUri }: OpenRedirect,
): {
  connection: ConnectionConfig;
  server: ServerMetadata;
  prover: AuthorizationRequest['prover'];
  verifier: AuthorizationAttempt['verifier'];
  redirectUri: string;
} {
  return { connection, server, prover, verifier, redirectUri };
}

/**
 * The client for this trip. A browser window's address is new each time, so where the server registers clients one is
 * registered for it even when the project file names a (public) client, whose registration cannot hold that address.
 */
async function clientFor(
  http: OAuthHttp,
  { connection, server }: AuthorizationRequest,
  redirect: OpenRedirect,
  signal: AbortSignal,
): Promise<OAuthClient> {
  const configured = configuredClient(connection, server);
  const canRegister = server.metadata.registration_endpoint !== undefined;
  const addressIsNew = redirect.kind === 'editorUriWeb' && canRegister && configured?.auth === 'none';
  if (configured && !addressIsNew) {
    // A client that could not prove itself is found out before the user is sent to the browser.
    clientAuthentication(configured, connection.name);
    return configured;
  }
  return registerClient(http, server, connection, { grant: 'authorizationCode', redirectUri: redirect.uri }, signal);
}

/** A server that does not take this address may take the one of the next way. */
async function orNextWay<T>(step: Promise<T>): Promise<T> {
  return step.catch((error: unknown) => {
    const isAboutAddress = isErrorCode(error, 'oauth.pushRefused') && redirectErrors.has(String(error.data['error']));
    throw isAboutAddress ? new WayFailed(error) : error;
  });
}

async function setUp<T>(step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    throw new WayFailed(error instanceof Error ? error : new Error(String(error)));
  }
}
