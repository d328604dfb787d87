import { assertNever } from '../assertNever';
import { secretMasker } from '../http/secretMasker';
import type { Claims } from '../oauth/codeExchange';
import { connectionKey } from '../oauth/connectionKey';
import { jwkThumbprint } from '../oauth/jwkThumbprint';
import type { ClientAuth, Grant } from '../oauth/model';
import { readJwt } from '../oauth/readJwt';
import type { GrantOfTrust } from '../oauth/signInPorts';
import { expiresAt, type TokenSet } from '../oauth/tokenSet';
import type { Secret } from '../secret';
import { viewClaims, type ClaimList, type ClaimOptions } from './claimView';
import { sessionOf, type SessionRecord } from './sessionRecord';

/** All that may be shown of a session, as plain JSON. No token, no signature and no key is in it. */
export interface SessionInspection {
  readonly sessionId: string;
  readonly connection: string;
  readonly account: string;
  /** Issuer or, without discovery, the token endpoint. */
  readonly issuer: string;
  readonly state: 'active' | 'signInAgain';
  readonly grant: Grant;
  readonly client: { readonly id: string; readonly auth: ClientAuth; readonly registered: boolean };
  readonly scopes: readonly ScopeView[];
  /** `undefined` when only the user can bring the session back. */
  readonly token: TokenInspection | undefined;
  /** Of the latest ID token, which was checked when it came; `undefined` when none is kept. */
  readonly idToken: ClaimList | undefined;
  /** What the server told beside the tokens. */
  readonly captured: ClaimList;
  /** Where the user allowed the token to go, each with the folders (URIs) for which they did. */
  readonly destinations: readonly Destination[];
  /** Whether the values that are masked otherwise are in it. */
  readonly revealed: boolean;
  readonly can: Readonly<Record<SessionAbility, boolean>>;
}

/** What can be done about a session, as far as its server and its tokens allow. */
export type SessionAbility = 'refresh' | 'introspect' | 'revoke' | 'logOut';

export interface ScopeView {
  readonly name: string;
  /** `missing`: asked for and not granted. `extra`: granted and not asked for (RFC 6749 §5.1). */
  readonly state: 'granted' | 'missing' | 'extra';
}

export interface Destination {
  /** Serialised. */
  readonly origin: string;
  readonly folders: readonly string[];
  /** The server has named it when the user signed in, which they had allowed. */
  readonly told: boolean;
}

/** Times are milliseconds since the epoch. */
export interface TokenInspection {
  readonly type: TokenSet['type'];
  readonly obtainedAt: number;
  /** `undefined` when the server did not say. */
  readonly expiresAt: number | undefined;
  /** Whether there is a refresh token. */
  readonly hasRefreshToken: boolean;
  /** `undefined` when the server did not say. */
  readonly refreshExpiresAt: number | undefined;
  readonly binding: TokenBinding;
  readonly content: TokenContent;
}

/** What the token is bound to beside being known: a DPoP key (RFC 9449 §6.1) or a client certificate (RFC 8705 §3.1). */
export interface TokenBinding {
  readonly kind: 'none' | 'dpop' | 'certificate';
  /** SHA-256, base64url. */
  readonly thumbprint: string | undefined;
}

/** What is read from the token itself, without checking any of it (RFC 9068 §6). */
export type TokenContent =
  | { readonly kind: 'opaque' }
  | { readonly kind: 'encrypted'; readonly header: ClaimList }
  | { readonly kind: 'jwt'; readonly header: ClaimList; readonly claims: ClaimList };

/** Draws up what may be shown of a session. Never throws for what a server put into its tokens. */
export async function inspectSession(
  record: SessionRecord,
  grants: readonly GrantOfTrust[],
  reveal: boolean,
): Promise<SessionInspection> {
  const { tokens, idToken, client, server, account, connectionLabel } = record;
  const session = sessionOf(record);
  const own = await grantsOf(record, grants);
  const options: ClaimOptions = { reveal, mask: secretMasker(secretsOf(record)) };
  const checked = idToken && readJwt(idToken.revealForTransport());
  return {
    sessionId: record.id,
    connection: connectionLabel,
    account: account.label,
    issuer: server.id,
    state: session.state,
    grant: record.grant ?? (own.at(-1)?.facts.grant as Grant | undefined) ?? 'authorizationCode',
    client: { id: client.id, auth: client.auth, registered: client.registered },
    scopes: compareScopes(session.scopes, session.grantedScopes),
    token: tokens && (await inspectTokens(record, tokens, options)),
    idToken: checked?.kind === 'jwt' ? viewClaims(checked.claims, options) : undefined,
    // The preset has chosen them: ids, names and addresses that are needed to use the API.
    captured: viewClaims(record.captured ?? {}, { ...options, reveal: true }),
    destinations: destinationsOf(own, session.apiOrigin),
    revealed: reveal,
    can: {
      refresh: tokens !== undefined && session.refreshable,
      introspect: tokens !== undefined && server.metadata.introspection_endpoint !== undefined,
      revoke: server.metadata.revocation_endpoint !== undefined,
      logOut: server.metadata.end_session_endpoint !== undefined,
    },
  };
}

/** The secrets that a session holds, so that they can be looked for in what is shown of it. */
export function secretsOf({ tokens, idToken, client, dpopKey }: SessionRecord): readonly Secret[] {
  return [tokens?.access, tokens?.refresh, idToken, client.secret, dpopKey].filter((secret) => secret !== undefined);
}

async function inspectTokens(record: SessionRecord, tokens: TokenSet, options: ClaimOptions): Promise<TokenInspection> {
  return {
    type: tokens.type,
    obtainedAt: tokens.obtainedAt,
    expiresAt: expiresAt(tokens),
    hasRefreshToken: tokens.refresh !== undefined,
    refreshExpiresAt: tokens.refreshExpiresAt,
    binding: await bindingOf(record, tokens),
    content: contentOf(tokens.access, options),
  };
}

function contentOf(token: Secret, options: ClaimOptions): TokenContent {
  const read = readJwt(token.revealForTransport());
  switch (read.kind) {
    case 'opaque':
      return read;
    case 'encrypted':
      return { kind: 'encrypted', header: viewClaims(read.header, options) };
    case 'jwt':
      return { kind: 'jwt', header: viewClaims(read.header, options), claims: viewClaims(read.claims, options) };
    default:
      return assertNever(read);
  }
}

async function bindingOf({ dpopKey, client }: SessionRecord, { type, access }: TokenSet): Promise<TokenBinding> {
  if (type === 'DPoP') return { kind: 'dpop', thumbprint: dpopKey && (await thumbprintOf(dpopKey)) };
  const token = readJwt(access.revealForTransport());
  // Servers may bind the token of a client that authenticates otherwise, and need not bind that of one that does not.
  if (token.kind !== 'jwt') return { kind: client.auth === 'mtls' ? 'certificate' : 'none', thumbprint: undefined };
  const thumbprint = certificateThumbprint(token.claims);
  return { kind: thumbprint === undefined ? 'none' : 'certificate', thumbprint };
}

/** Of the client certificate that the token is bound to (RFC 8705 §3.1). */
function certificateThumbprint({ cnf }: Claims): string | undefined {
  const thumbprint = typeof cnf === 'object' && cnf !== null ? (cnf as Claims)['x5t#S256'] : undefined;
  return typeof thumbprint === 'string' && /^[\w-]{43}$/.test(thumbprint) ? thumbprint : undefined;
}

async function thumbprintOf(key: Secret): Promise<string | undefined> {
  try {
    return await jwkThumbprint(JSON.parse(key.revealForTransport()) as Readonly<Record<string, unknown>>);
  } catch {
    return undefined; // the parser's message may quote the key
  }
}

/** In the order of asking, then what came in addition. */
function compareScopes(asked: readonly string[], granted: readonly string[]): readonly ScopeView[] {
  const extra = granted.filter((name) => !asked.includes(name));
  return [
    ...asked.map((name) => ({ name, state: granted.includes(name) ? 'granted' : 'missing' }) as const),
    ...[...new Set(extra)].map((name) => ({ name, state: 'extra' }) as const),
  ];
}

/** The approvals of connections that this session serves, oldest first. */
async function grantsOf(record: SessionRecord, grants: readonly GrantOfTrust[]): Promise<readonly GrantOfTrust[]> {
  const keys = await Promise.all(grants.map(keyOf));
  return grants.filter((_, index) => keys[index] === record.connectionKey).sort((a, b) => a.grantedAt - b.grantedAt);
}

/** An approval of an older version has no key, but most of what makes one. */
async function keyOf({ facts, connectionKey: known }: GrantOfTrust): Promise<string | undefined> {
  if (known !== undefined) return known;
  const { grant, clientAuth } = facts as { readonly grant: Grant; readonly clientAuth: ClientAuth | undefined };
  const { issuer, endpoints, clientId, audience, vscode, resource } = facts;
  const fields = { issuer, endpoints, clientId, audience, vscode, resource, grant, clientAuth };
  return connectionKey(fields).catch(() => undefined);
}

function destinationsOf(grants: readonly GrantOfTrust[], apiOrigin: string | undefined): readonly Destination[] {
  const folders = new Map<string, Set<string>>();
  const add = (origin: string, folder: string): unknown =>
    folders.set(origin, (folders.get(origin) ?? new Set()).add(folder));
  for (const { facts, folder } of grants) {
    for (const origin of facts.origins) add(origin, folder);
    if (apiOrigin !== undefined && facts.options?.['toldOrigin'] !== undefined) add(apiOrigin, folder);
  }
  const written = new Set(grants.flatMap(({ facts }) => facts.origins));
  const destinations = [...folders].map(([origin, of]) => ({
    ...{ origin, folders: [...of].sort() },
    told: !written.has(origin),
  }));
  return destinations.sort((a, b) => (a.origin < b.origin ? -1 : 1));
}
