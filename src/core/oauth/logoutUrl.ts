import { Secret } from '../secret';
import { secureUrl } from './secureUrl';
import type { ServerMetadata } from './serverMetadata';

/** Characters. Windows opens no longer address (2,083); without the hint the server asks whom to sign out. */
const longest = 2_000;

/**
 * Where the browser signs out at the server (OpenID Connect RP-Initiated Logout 1.0 §2); `undefined` when the server
 * has no such page. It holds an ID token, so it is a secret; it is opened in the browser and shown nowhere.
 *
 * No `post_logout_redirect_uri` is sent: it has to be registered, and there is nothing to come back for. The login
 * hint goes along only where there is no ID token, which says the same.
 */
export function logoutUrl(
  server: ServerMetadata,
  clientId: string,
  idToken: Secret | undefined,
  loginHint: string | undefined,
): Secret | undefined {
  const endpoint = server.metadata.end_session_endpoint;
  if (endpoint === undefined) return undefined;
  const url = secureUrl(endpoint, 'end session', server.insecureOrigins);
  const withParameters = (parameters: Readonly<Record<string, string>>): Secret => {
    const whole = new URL(url);
    for (const [name, value] of Object.entries(parameters)) whole.searchParams.set(name, value);
    return new Secret(whole.href);
  };
  const client = { client_id: clientId };
  const hinted = idToken && withParameters({ ...client, id_token_hint: idToken.revealForTransport() });
  if (hinted && hinted.length <= longest) return hinted;
  return withParameters({ ...client, ...(loginHint === undefined ? {} : { logout_hint: loginHint }) });
}
