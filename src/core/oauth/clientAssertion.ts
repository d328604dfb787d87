import {
  ClientSecretJwt,
  modifyAssertion,
  PrivateKeyJwt,
  type AuthorizationServer,
  type ClientAuth as LibraryClientAuth,
  type ModifyAssertionFunction,
} from 'oauth4webapi';
import { cryptoKey, signingAlgorithm, type SigningKey } from './keys/signingKey';
import type { OAuthClient } from './oauthClient';
import { unknownIssuer } from './serverMetadata';

/** Seconds that an assertion holds: enough for a slow network and a clock that is a little off. */
const lifetime = 60;

type Settings = Pick<OAuthClient, 'assertionAudience' | 'assertionAlgorithms' | 'serverNow'>;

/** `client_secret_jwt`: an assertion under the client secret (RFC 7523 §2.2). */
export function secretAssertion(secret: string, settings: Settings): LibraryClientAuth {
  return (server, ...rest) =>
    ClientSecretJwt(secret, { [modifyAssertion]: claimsFor(server, settings) })(server, ...rest);
}

/**
 * `private_key_jwt`: an assertion under the client's own key (RFC 7523 §2.2).
 * @throws LatchkeyError `oauth.keyAlgorithmWrong`.
 */
export function signedAssertion(signing: SigningKey, settings: Settings): LibraryClientAuth {
  const algorithm = signingAlgorithm(signing, settings.assertionAlgorithms);
  return async (server, ...rest) => {
    const key = await cryptoKey(signing, algorithm);
    const claims = claimsFor(server, settings);
    const modify: ModifyAssertionFunction = (header, payload) => {
      header['alg'] = algorithm;
      claims(header, payload);
    };
    const proof = signing.keyId === undefined ? { key } : { key, kid: signing.keyId };
    await PrivateKeyJwt(proof, { [modifyAssertion]: modify })(server, ...rest);
  };
}

/**
 * The audience is the issuer alone, so that no other server can use the assertion at this one
 * (draft-ietf-oauth-rfc7523bis §4); the connection can name another for servers that insist. Times are the server's.
 */
function claimsFor(server: AuthorizationServer, { assertionAudience, serverNow }: Settings): ModifyAssertionFunction {
  return (_header, payload) => {
    payload['aud'] = assertionAudience ?? audienceOf(server);
    const now = Math.floor((serverNow?.() ?? Date.now()) / 1000);
    payload['iat'] = now;
    payload['exp'] = now + lifetime;
    // Says no more than `iat`, and a clock that is a second ahead would make the assertion invalid.
    delete payload['nbf'];
  };
}

/** What names a server in assertions: its issuer or, where that is not known, its token endpoint. */
export function audienceOf({ issuer, token_endpoint: tokenEndpoint }: AuthorizationServer): string {
  return issuer === unknownIssuer ? (tokenEndpoint ?? issuer) : issuer;
}
