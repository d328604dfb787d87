import type { TlsSetting } from '../http/tlsSetting';
import type {
  Account,
  AssertionSetting,
  ClientAuth,
  ExchangeSetting,
  FileDigests,
  Grant,
  PrivateKeySetting,
  Session,
} from '../oauth/model';
import type { OAuthClient } from '../oauth/oauthClient';
import { supportedScopes, type ServerMetadata } from '../oauth/serverMetadata';
import { quirksOf } from '../oauth/presets/presets';
import { toldOrigin } from '../oauth/toldOrigin';
import { expiresAt, type TokenSet } from '../oauth/tokenSet';
import type { Secret } from '../secret';
import type { SecretReference } from './secretVault';

/** Grants whose request is made again when the token is due, because they give out no refresh token. */
export type RepeatedGrant = Extract<Grant, 'clientCredentials' | 'jwtBearer' | 'tokenExchange'>;

/** A session with its secrets: all that refresh and revocation need, so that no project file has to be open. */
export interface SessionRecord {
  readonly id: string;
  readonly connectionName: string;
  readonly connectionLabel: string;
  readonly connectionKey: string;
  readonly account: Account;
  readonly loginHint: string | undefined;
  /** `sub` of the ID token that came with the sign-in; absent: there was none. */
  readonly subject?: string | undefined;
  readonly server: ServerMetadata;
  /** The secret is stored with the session only for a registered client: no other place has it. */
  readonly client: OAuthClient;
  /** Where the secret of a configured client is looked up; absent: it needs none. */
  readonly secretReference?: SecretReference | undefined;
  /** URI of the workspace folder whose secrets and files the client proves itself with; absent: it needs none. */
  readonly folder?: string | undefined;
  /** The files as they were when the user approved them. */
  readonly fileDigests?: FileDigests | undefined;
  /** Absent: a grant whose tokens are renewed by a refresh token. */
  readonly grant?: RepeatedGrant | undefined;
  readonly privateKey?: PrivateKeySetting | undefined;
  /** How connections to the server are secured; absent: as usual. */
  readonly tls?: readonly TlsSetting[] | undefined;
  readonly assertion?: AssertionSetting | undefined;
  readonly exchange?: ExchangeSetting | undefined;
  /** The key that the tokens are bound to, as a private JWK (RFC 9449). Stored with the session. */
  readonly dpopKey?: Secret | undefined;
  /** The latest ID token, kept only where it is needed as a hint for logging out at the server. */
  readonly idToken?: Secret | undefined;
  /** What the server told beside the tokens and the preset says is worth keeping, such as `instance_url`. */
  readonly captured?: Readonly<Record<string, string>> | undefined;
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
    supportedScopes: supportedScopes(record.server.metadata),
    expiresAt: tokens && expiresAt(tokens),
    refreshExpiresAt: tokens?.refreshExpiresAt,
    refreshable: tokens?.refresh !== undefined || record.grant !== undefined,
    apiOrigin: toldOrigin(quirksOf(record.server.preset).tokenResponse?.apiOrigin, record.captured),
    state: tokens ? 'active' : 'signInAgain',
    boundToKey: tokens ? tokens.type === 'DPoP' : record.dpopKey !== undefined,
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
