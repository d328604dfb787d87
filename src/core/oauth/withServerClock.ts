import { LatchkeyError } from '../errors';
import type { Grant } from './model';
import type { OAuthClient } from './oauthClient';
import type { OAuthHttp } from './oauthHttp';
import type { ServerMetadata } from './serverMetadata';

/** Milliseconds by which an assertion may be off without being refused for it. */
const harmless = 20_000;

/** How servers answer an assertion that has expired by their clock, or begins later. */
const refusals: ReadonlySet<unknown> = new Set(['invalid_client', 'invalid_grant']);

/** Whose request it is. */
export interface AssertingSession {
  readonly server: ServerMetadata;
  readonly client: Pick<OAuthClient, 'auth'>;
  readonly grant?: Grant | undefined;
}

/**
 * Runs a request that may hold assertions and, when the server refuses it and its answer tells that our idea of its
 * time was wrong, once more: a window that has never heard of the server writes this machine's time at first.
 */
export async function withServerClock<T>(
  { serverClocks }: OAuthHttp,
  { server: { id, metadata }, client, grant }: AssertingSession,
  request: () => Promise<T>,
): Promise<T> {
  const difference = (): number => serverClocks?.difference(metadata.token_endpoint, id) ?? 0;
  const before = difference();
  try {
    return await request();
  } catch (error) {
    const asserts = grant === 'jwtBearer' || client.auth === 'privateKeyJwt' || client.auth === 'clientSecretJwt';
    const isRefusal = asserts && error instanceof LatchkeyError && refusals.has(error.data['error']);
    if (!isRefusal || Math.abs(difference() - before) < harmless) throw error;
    return request();
  }
}
