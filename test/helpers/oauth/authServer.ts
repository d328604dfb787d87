import './quietProvider';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type Server as SecureServer, type ServerOptions } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import Provider, { type ClientMetadata, type Configuration } from 'oidc-provider';
import { HttpBrowser, type Page } from './httpBrowser';
import { recordIssued, type IssuedSecret } from './issuedSecrets';

/** A certified authorization server on 127.0.0.1: PKCE, rotation with reuse detection, registration, revocation. */
export interface AuthServer extends AsyncDisposable {
  readonly issuer: string;
  /** Where the same server takes client certificates, when it was asked to. */
  readonly secure: string | undefined;
  readonly provider: Provider;
  /** Every request that arrived, as `METHOD /path`. */
  readonly requests: readonly string[];
  /** Every token, code and verifier that went over its token endpoint, and what registered clients were given. */
  readonly issued: readonly IssuedSecret[];
  /** Whether the server still accepts the access token. */
  accepts(accessToken: string): Promise<boolean>;
}

export interface AuthServerOptions {
  /** Host name in the issuer. Browser windows of VS Code rewrite `127.0.0.1`; there it is one under `localhost`. */
  readonly host?: string;
  readonly clients?: readonly ClientMetadata[];
  /** Seconds. */
  readonly accessTokenTtl?: number;
  readonly registration?: boolean;
  readonly configuration?: Configuration;
  /** Also listens over https, with these options. */
  readonly https?: ServerOptions;
}

/** A public native client that is allowed any loopback port. */
export const desktopClient: ClientMetadata = {
  client_id: 'desktop',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/callback', 'vscode://latchkey.latchkey/callback'],
};

export async function startAuthServer(options: AuthServerOptions = {}): Promise<AuthServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const issuer = `http://${options.host ?? '127.0.0.1'}:${port}`;
  const secureServer = options.https && (await startSecure(options.https));
  const secure = secureServer && `https://127.0.0.1:${(secureServer.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration(options, secure));
  const requests: string[] = [];
  const handle = provider.callback();
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const where = 'encrypted' in request.socket ? 'https ' : '';
    requests.push(`${where}${request.method ?? ''} ${request.url?.split('?')[0] ?? ''}`);
    void handle(request, response);
  };
  server.on('request', serve);
  secureServer?.on('request', serve);
  return {
    issuer,
    secure,
    provider,
    requests,
    issued: recordIssued(provider),
    accepts: async (accessToken) => {
      const response = await fetch(`http://127.0.0.1:${port}/me`, {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      await response.text();
      return response.status === 200;
    },
    async [Symbol.asyncDispose]() {
      if (secureServer) await close(secureServer);
      await close(server);
    },
  };
}

async function startSecure(options: ServerOptions): Promise<SecureServer> {
  const server = createSecureServer(options);
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** Where the endpoints that take a certificate are (RFC 8705 §5). */
function aliases(secure: string): Configuration['discovery'] {
  const paths = {
    token_endpoint: '/token',
    revocation_endpoint: '/token/revocation',
    introspection_endpoint: '/token/introspection',
    userinfo_endpoint: '/me',
    pushed_authorization_request_endpoint: '/request',
    device_authorization_endpoint: '/device/auth',
  };
  const all = Object.entries(paths).map(([name, path]) => [name, secure + path]);
  return { mtls_endpoint_aliases: Object.fromEntries(all) as Record<string, string> };
}

function configuration(options: AuthServerOptions, secure: string | undefined): Configuration {
  const { clients = [desktopClient], accessTokenTtl = 3600, registration = true } = options;
  return {
    clients: [...clients],
    scopes: ['openid', 'offline_access', 'orders.read', 'orders.write'],
    claims: { openid: ['sub'], email: ['email'], profile: ['preferred_username', 'name'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: `${id}@acme.dev`, preferred_username: id }),
    }),
    features: {
      devInteractions: { enabled: true },
      registration: { enabled: registration },
      revocation: { enabled: true },
      introspection: { enabled: true },
      // Tests that want it say so; the others look at what is in the browser's URL.
      pushedAuthorizationRequests: { enabled: false },
    },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    ttl: { AccessToken: accessTokenTtl, AuthorizationCode: 60, RefreshToken: 86_400, Grant: 86_400, Session: 86_400 },
    cookies: { keys: ['for tests only'] },
    ...(secure === undefined ? {} : { discovery: aliases(secure) }),
    ...options.configuration,
  };
}

async function close(server: Server | SecureServer): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

export interface LogIn {
  readonly account?: string;
  readonly decision?: 'allow' | 'deny';
  /** Answers `true` for the address to stop at without visiting it. */
  readonly stopAt?: (url: string) => boolean;
}

/**
 * Does in a browser what a person would: opens the authorization URL, logs in, allows or denies, and follows the
 * redirect back. Returns where the browser ended.
 */
export async function logIn(url: string, options: LogIn = {}, browser = new HttpBrowser()): Promise<Page> {
  const { account = 'alice', decision = 'allow', stopAt } = options;
  let page = await browser.visit(url, stopAt);
  for (let step = 0; step < 3; step++) {
    const form = /<form[^>]*action="([^"]+)"[^>]*method="post"[\s\S]*?name="prompt" value="(\w+)"/.exec(page.text);
    if (!form) return page;
    const [, action = '', prompt = ''] = form;
    const target = new URL(action.replaceAll('&amp;', '&'), page.url).href;
    if (decision === 'deny' && prompt === 'consent') return browser.visit(`${target}/abort`, stopAt);
    const fields = new URLSearchParams(prompt === 'login' ? { prompt, login: account, password: 'any' } : { prompt });
    page = await browser.visit(target, stopAt, fields);
  }
  return page;
}
