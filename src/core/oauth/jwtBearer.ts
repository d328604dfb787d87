import { LatchkeyError } from '../errors';
import type { Random } from '../ports';
import { Secret } from '../secret';
import { audienceOf } from './clientAssertion';
import type { ClientGrant } from './clientGrant';
import { base64Url } from './digest';
import { signJwt } from './keys/signingKey';
import type { AssertionSetting } from './model';
import type { OAuthClient } from './oauthClient';
import type { ServerMetadata } from './serverMetadata';

/** Seconds that an assertion holds; some servers take no more, and each is sent once. */
const lifetime = 60;

/** What {@link jwtBearerGrant} makes an assertion of. */
export interface JwtBearerRequest {
  readonly connectionName: string;
  readonly server: ServerMetadata;
  readonly client: OAuthClient;
  readonly assertion?: AssertionSetting | undefined;
}

/**
 * An assertion under the connection's own key that speaks for its subject (RFC 7523 §2.1, §3).
 * @throws LatchkeyError `oauth.keyMissing`, `oauth.key…`.
 */
export async function jwtBearerGrant(
  { connectionName, server, client, assertion }: JwtBearerRequest,
  random: Random,
): Promise<ClientGrant> {
  const { signingKey, serverNow } = client;
  if (!signingKey) throw new LatchkeyError('oauth.keyMissing', { connection: connectionName });
  const now = Math.floor((serverNow?.() ?? Date.now()) / 1000);
  const { issuer, subject } = assertionNames(client, assertion);
  const jwt = await signJwt(signingKey, undefined, {
    ...assertion?.claims,
    iss: issuer,
    sub: subject,
    aud: assertion?.audience ?? audienceOf(server.metadata),
    iat: now,
    exp: now + lifetime,
    jti: base64Url(random.bytes(16)),
  });
  return { type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', parameters: [['assertion', new Secret(jwt)]] };
}

/** Who vouches and for whom; the client for itself unless the connection says otherwise. */
export function assertionNames(
  client: Pick<OAuthClient, 'id'>,
  assertion: AssertionSetting | undefined,
): { readonly issuer: string; readonly subject: string } {
  const issuer = assertion?.issuer ?? client.id;
  return { issuer, subject: assertion?.subject ?? (client.id === '' ? issuer : client.id) };
}
