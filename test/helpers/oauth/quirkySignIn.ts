import type { ConnectionConfig } from '../../../src/core/oauth/model';
import { connectionWith } from './connection';
import { quirkMetadata, startQuirkServer, type QuirkRoute, type QuirkServer } from './quirkServer';
import { folder } from './signedIn';
import { never, type TestWindow } from './testWindow';

/** A server whose browser page answers at once with a code, and whose token endpoint answers as the test wants. */
export async function quirkyServer(token: QuirkRoute, metadata: Record<string, unknown> = {}): Promise<QuirkServer> {
  const server = await startQuirkServer();
  server.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(server.origin, metadata) });
  server.routes['/token'] = token;
  server.routes['/revoke'] = () => ({});
  return server;
}

/** What an authorization server would answer for this authorization URL. */
export function answerTo(url: string, parameters: Record<string, string>): string {
  const query = new URL(url).searchParams;
  const callback = new URL(query.get('redirect_uri') ?? '');
  for (const [name, value] of Object.entries({ state: query.get('state') ?? '', ...parameters })) {
    callback.searchParams.set(name, value);
  }
  return callback.href;
}

/** For {@link TestWindow}: the browser comes back with a code. */
export const answersWithCode = (url: string): Promise<Response> => fetch(answerTo(url, { code: 'the-code' }));

export function signIn(window: TestWindow, connection: ConnectionConfig): Promise<unknown> {
  return window.service.signIn(connection, { folder, signal: never() });
}

/** A connection to the server that asks for nothing special. */
export function plain(origin: string, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  return connectionWith({ issuer: origin, clientId: 'quirky', scopes: ['read'], ...more });
}

/** The refresh tokens that were sent, in order. */
export function refreshes(server: QuirkServer): readonly string[] {
  return server
    .to('/token')
    .filter(({ form }) => form.get('grant_type') === 'refresh_token')
    .map(({ form }) => form.get('refresh_token') ?? '');
}
