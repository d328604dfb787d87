import { abortError, LatchkeyError } from '../errors';
import { requireCertificates } from '../oauth/clientCertificate';
import { withRelevantTls } from '../oauth/connectionTls';
import { discoverServer } from '../oauth/discovery';
import { DpopProver } from '../oauth/dpopProver';
import type { ConnectionConfig, Session } from '../oauth/model';
import type { OAuthHttp } from '../oauth/oauthHttp';
import { hostOf, type ServerMetadata } from '../oauth/serverMetadata';
import { plainServerText } from '../oauth/serverText';
import { trustedHosts } from '../oauth/trustedHosts';
import type { Clock, Lock, Log, Random } from '../ports';
import type { KeyMaterial } from './keyMaterial';
import type { SecretVault } from './secretVault';
import type { SessionStore } from './sessionStore';
import type { SignInOptions } from './signInOutcome';
import type { SubjectTokens } from './subjectTokens';
import { connectionScope, tlsHttp } from './tlsHttp';
import type { TlsProfiles } from './tlsProfiles';
import type { TrustGate } from './trustGate';
import { unlockConnection, withFileDigests } from './unlockConnection';

/** What every way of signing in works with. */
export interface SignInPorts {
  readonly http: OAuthHttp;
  readonly log: Log;
  readonly random: Random;
  readonly store: SessionStore;
  readonly lock: Lock;
  readonly gate: TrustGate;
  readonly vault: SecretVault;
  readonly material: KeyMaterial;
  readonly subjects: SubjectTokens;
  readonly tls: TlsProfiles;
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

/** A sign-in that the user has approved: the server is known, and what the client proves itself with is there. */
export interface ApprovedSignIn extends SignInRequest {
  readonly server: ServerMetadata;
  /** With a new key, for a connection whose tokens are to be bound to one. */
  readonly prover: DpopProver | undefined;
  /** Secured as the connection says. */
  readonly http: OAuthHttp;
}

/**
 * What comes before every sign-in: discovery, trust, what the client proves itself with, and a key where tokens are to
 * be bound to one.
 * @throws AbortError when cancelled or not trusted; LatchkeyError for the rest.
 */
export async function approveSignIn(
  ports: SignInPorts,
  request: SignInRequest,
  signal: AbortSignal,
): Promise<ApprovedSignIn> {
  const { folder } = request.options;
  const server = await findServer(ports, request.connection, folder, signal);
  const hosts = trustedHosts(server);
  const connection = await withFileDigests(ports.material, withRelevantTls(request.connection, hosts), folder);
  requireCertificates(connection, server);
  // Taking over comes after joining: a dialog of the earlier sign-in stays open for this one.
  const confirmed = ports.gate.confirm(connection, folder, server, signal);
  request.takeOver();
  if (!(await confirmed) || signal.aborted) throw abortError();
  const prover = request.connection.dpop === true ? await newProver(server, ports.http.clock) : undefined;
  const scope = connectionScope(connection, folder);
  await ports.tls.prepare(
    scope,
    hosts.map(({ host }) => `https://${host}`),
    signal,
  );
  const unlocked = await unlockConnection(ports, connection, server, folder, signal);
  return { ...request, server, prover, connection: unlocked, http: tlsHttp(ports, scope) };
}

/**
 * Discovery, before the user has approved anything: what they are asked about is what it finds.
 * @throws AbortError when the user does not give what the connection to the issuer needs; those of discovery.
 */
export async function findServer(
  ports: Pick<SignInPorts, 'http' | 'tls'>,
  connection: ConnectionConfig,
  folder: string,
  signal: AbortSignal,
): Promise<ServerMetadata> {
  const scope = connectionScope({ ...connection, fileDigests: undefined }, folder);
  const origin = URL.parse(connection.issuer ?? '')?.origin;
  await ports.tls.prepare(scope, origin === undefined ? [] : [origin], signal);
  return discoverServer(tlsHttp(ports, scope), connection, signal);
}

/** @throws LatchkeyError `oauth.dpopUnsupported`, when the server says so (RFC 9449 §5.1). */
async function newProver(server: ServerMetadata, clock: Clock): Promise<DpopProver> {
  const algorithms = server.metadata.dpop_signing_alg_values_supported;
  if (algorithms && !algorithms.includes('ES256')) {
    const shown = plainServerText(algorithms.join(', '));
    throw new LatchkeyError('oauth.dpopUnsupported', { host: hostOf(undefined, server), algorithms: shown });
  }
  return DpopProver.create(clock);
}
