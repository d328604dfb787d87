import type { Account, ClientAuth, Grant, Session } from '../oauth/model';
import type { OAuthClient } from '../oauth/oauthClient';
import type { ServerMetadata } from '../oauth/serverMetadata';
import { expiresAt, type TokenSet } from '../oauth/tokenSet';
import type { SecretReference } from './secretVault';

/** A session with its secrets: all that refresh and revocation need, so that no project file has to be open. */
export interface SessionRecord {
  readonly id: string;
  readonly connectionName: string;
  readonly connectionLabel: string;
  readonly connectionKey: string;
  readonly account: Account;
  readonly loginHint: string | undefined;
  readonly server: ServerMetadata;
  /** The secret is stored with the session only for a registered client: no other place has it. */
  readonly client: OAuthClient;
  /** Where the secret of a configured client is looked up; absent: it needs none. */
  readonly secretReference?: SecretReference | undefined;
  /** Absent: a grant whose tokens are renewed by a refresh token. */
  readonly grant?: Extract<Grant, 'clientCredentials'> | undefined;
  readonly resource: readonly string[];
  /** Extra parameters of a refresh or, with the client credentials grant, of the token request. */
  readonly refreshParameters: Readonly<Record<string, string>>;
  readonly scopes: readonly string[];
  /** `undefined` when only the user can bring the session back. */
  readonly tokens: TokenSet | undefined;
  /** Goes up with every write, so that an older value is known for what it is. */
  readonly generation: number;
}

/** What anybody may know of a session. */
export function sessionOf(record: SessionRecord): Session {
  const { tokens } = record;
  return {
    id: record.id,
    connectionName: record.connectionName,
    connectionLabel: record.connectionLabel,
    issuer: record.server.id,
    connectionKey: record.connectionKey,
    account: record.account,
    scopes: record.scopes,
    grantedScopes: grantedScopes(record),
    expiresAt: tokens && expiresAt(tokens),
    refreshable: tokens?.refresh !== undefined || record.grant === 'clientCredentials',
    state: tokens ? 'active' : 'signInAgain',
  };
}

/** RFC 6749 §5.1: no scope in the response means that all were granted. */
function grantedScopes({ tokens, scopes }: SessionRecord): readonly string[] {
  const granted = tokens?.scope?.split(/[\s,]+/).filter((scope) => scope !== '') ?? [];
  return granted.length > 0 ? granted : scopes;
}

/** Ways of client authentication that a stored record may name. */
export const storedClientAuths: ReadonlySet<ClientAuth> = new Set<ClientAuth>([
  'none',
  'basic',
  'basicRaw',
  'post',
  'clientSecretJwt',
  'privateKeyJwt',
  'mtls',
]);
