import { assertNever } from '../assertNever';
import { chooseRedirects } from './chooseRedirects';
import type { ConnectionConfig } from './model';
import type { Environment, RedirectKind, SignInWay } from './signInPorts';

/** What of a connection says how the answer comes back. */
export type Redirecting = Pick<ConnectionConfig, 'redirect' | 'redirectRules' | 'clientId' | 'grant'>;

/** Where a listener for the loopback redirect may be. */
export interface LoopbackPlace {
  readonly host: '127.0.0.1' | 'localhost';
  readonly path: string;
  /** Best first; 0 is any free one (RFC 8252 §7.3). */
  readonly ports: readonly number[];
}

/** One address to register, and the way of coming back that needs it. */
export interface RegistrableUri {
  readonly kind: RedirectKind;
  readonly uri: string;
}

/** Path of the loopback redirect unless the connection names one. */
const defaultLoopbackPath = '/callback';

/** Ports for servers that compare them, unless the connection names others: the same each time, so they can be registered. */
const fixedPorts = [28218, 28219] as const;

/** Host, path and ports of a connection's loopback redirect. */
export function loopbackPlace({ redirect, redirectRules, clientId }: Redirecting): LoopbackPlace {
  const host = redirectRules?.loopbackHost ?? '127.0.0.1';
  // A client that is registered for the sign-in is registered with the port that it gets.
  const isExact = redirectRules?.loopback === 'exactPort' && clientId !== undefined;
  const anyPorts = isExact ? fixedPorts : [0];
  if (redirect.kind !== 'loopback') return { host, path: defaultLoopbackPath, ports: anyPorts };
  return { host, path: redirect.path, ports: redirect.ports.length > 0 ? redirect.ports : anyPorts };
}

/** A loopback redirect URI. Port 0 leaves the port out, as it is registered for "any port". */
export function loopbackUri(port: number, path: string, host = '127.0.0.1'): string {
  return `http://${host}${port === 0 ? '' : `:${port}`}${path}`;
}

/** The redirect URI of a sign-in whose answer the user pastes: a page that need not load, its address is what counts. */
export function pasteUri(connection: Redirecting): string {
  const { redirect } = connection;
  if (redirect.kind === 'paste' || redirect.kind === 'relay') return redirect.uri;
  const { host, path, ports } = loopbackPlace(connection);
  return loopbackUri(ports[0] ?? 0, path, host);
}

/**
 * What to register at the server for this connection in this editor, best first. The address of a browser window is
 * not among them: it changes each time. Empty for grants that have no redirect.
 * @param editorUri `<scheme>://latchkey.latchkey/callback`.
 */
export function redirectUrisToRegister(
  connection: Redirecting,
  environment: Environment,
  editorUri: string,
): readonly RegistrableUri[] {
  if (connection.grant !== 'authorizationCode') return [];
  const rules = { ...connection.redirectRules, registersClients: false, device: false };
  const ways = chooseRedirects(environment, rules, connection.redirect);
  const found = ways.flatMap((way) => registrableUris(way, connection, editorUri));
  return found.filter(({ uri }, index) => found.findIndex((other) => other.uri === uri) === index);
}

function registrableUris(way: SignInWay, connection: Redirecting, editorUri: string): readonly RegistrableUri[] {
  switch (way) {
    case 'loopback': {
      const { host, path, ports } = loopbackPlace(connection);
      return ports.map((port) => ({ kind: way, uri: loopbackUri(port, path, host) }));
    }
    case 'editorUri':
      return [{ kind: way, uri: editorUri }];
    case 'editorUriWeb':
    case 'device':
      return [];
    case 'relay':
    case 'paste':
      return [{ kind: way, uri: pasteUri(connection) }];
    default:
      return assertNever(way);
  }
}
