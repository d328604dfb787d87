import { abortError } from '../errors';
import { discoverServer } from '../oauth/discovery';
import type { ConnectionConfig, Session } from '../oauth/model';
import type { OAuthHttp } from '../oauth/oauthHttp';
import type { ServerMetadata } from '../oauth/serverMetadata';
import type { Lock, Log, Random } from '../ports';
import type { SecretVault } from './secretVault';
import type { SessionStore } from './sessionStore';
import type { SignInOptions } from './signInOutcome';
import type { TrustGate } from './trustGate';

/** What every way of signing in works with. */
export interface SignInPorts {
  readonly http: OAuthHttp;
  readonly log: Log;
  readonly random: Random;
  readonly store: SessionStore;
  readonly lock: Lock;
  readonly gate: TrustGate;
  readonly vault: SecretVault;
}

/** One sign-in: what is asked for, and what is known so far. */
export interface SignInRequest {
  readonly connection: ConnectionConfig;
  readonly connectionKey: string;
  readonly options: SignInOptions;
  /** Called when the user is about to be asked: an earlier sign-in for the connection ends here. */
  readonly takeOver: () => void;
  /** Every session there is at the moment. */
  readonly sessions: () => Promise<readonly Session[]>;
}

/** A sign-in that the user has approved: the server is known and the client's secret is there. */
export interface ApprovedSignIn extends SignInRequest {
  readonly server: ServerMetadata;
}

/**
 * What comes before every sign-in: discovery, trust, and the client's secret.
 * @throws AbortError when cancelled or not trusted; LatchkeyError for the rest.
 */
export async function approveSignIn(
  { http, gate, vault }: SignInPorts,
  request: SignInRequest,
  signal: AbortSignal,
): Promise<ApprovedSignIn> {
  const { folder } = request.options;
  const server = await discoverServer(http, request.connection, signal);
  // Taking over comes after joining: a dialog of the earlier sign-in stays open for this one.
  const confirmed = gate.confirm(request.connection, folder, server, signal);
  request.takeOver();
  if (!(await confirmed) || signal.aborted) throw abortError();
  return { ...request, server, connection: await vault.unlock(request.connection, folder, signal) };
}
