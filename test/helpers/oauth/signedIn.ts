import assert from 'node:assert/strict';
import type { ConnectionConfig, Session } from '../../../src/core/oauth/model';
import { never, type TestWindow } from './testWindow';

/** The workspace folder of the tests. */
export const folder = 'file:///projects/shop';

/** Signs in, which has to work. */
export async function signIn(window: TestWindow, connection: ConnectionConfig, where = folder): Promise<Session> {
  const outcome = await window.service.signIn(connection, { folder: where, signal: never() });
  assert.equal(outcome.kind, 'signedIn');
  return outcome.session;
}

/** The access token that a request would be sent with now. */
export async function fresh(window: TestWindow, id: string): Promise<string> {
  return (await window.service.freshToken(id, never())).value.revealForTransport();
}
