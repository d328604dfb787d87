import { chooseRedirects } from './chooseRedirects';
import type { ConnectionConfig } from './model';
import type { Environment, SignInWay } from './signInPorts';

/** What of a connection says how the answer comes back. */
type Redirecting = Pick<ConnectionConfig, 'redirect'>;

/** Path of the loopback redirect unless the connection names one. */
const defaultLoopbackPath = '/callback';

/** Path and ports of a connection's loopback redirect. Port 0 is any free one (RFC 8252 §7.3). */
export function loopbackPlace({ redirect }: Redirecting): {
  readonly path: string;
  readonly ports: readonly number[];
} {
  if (redirect.kind !== 'loopback') return { path: defaultLoopbackPath, ports: [0] };
  return { path: redirect.path, ports: redirect.ports.length > 0 ? redirect.ports : [0] };
}

/** A loopback redirect URI. Port 0 leaves the port out, as it is registered for "any port". */
export function loopbackUri(port: number, path: string): string {
  return `http://127.0.0.1${port === 0 ? '' : `:${port}`}${path}`;
}

/** The redirect URI of a sign-in whose answer the user pastes: a page that need not load, its address is what counts. */
export function pasteUri(connection: Redirecting): string {
  const { redirect } = connection;
  if (redirect.kind === 'paste' || redirect.kind === 'relay') return redirect.uri;
  const { path, ports } = loopbackPlace(connection);
  return loopbackUri(ports[0] ?? 0, path);
}

/**
 * What to register at the server for this connection in this editor, best first. The address of a browser window is
 * not among them: it changes each time.
 * @param editorUri `<scheme>://latchkey.latchkey/callback`.
 */
export function redirectUrisToRegister(
  connection: Redirecting,
  environment: Environment,
  editorUri: string,
): readonly string[] {
  const rules = { registersClients: false, editorSchemes: true, device: false };
  const kinds = chooseRedirects(environment, rules, connection.redirect);
  return [...new Set(kinds.flatMap((kind) => urisOf(kind, connection, editorUri)))];
}

function urisOf(kind: SignInWay, connection: Redirecting, editorUri: string): readonly string[] {
  switch (kind) {
    case 'loopback': {
      const { path, ports } = loopbackPlace(connection);
      return ports.map((port) => loopbackUri(port, path));
    }
    case 'editorUri':
      return [editorUri];
    case 'editorUriWeb':
    case 'device':
      return [];
    case 'paste':
      return [pasteUri(connection)];
  }
}
