import type { Session } from '../oauth/model';
import type { SessionRecord } from './sessionRecord';
import type { ApprovedSignIn } from './signInRequest';
import type { SessionStore } from './sessionStore';

/** Whom and what a person's sign-in asks for. */
export interface PersonalRequest {
  /** Those of the connection, of the session that is renewed, and what was asked for beyond. */
  readonly scopes: readonly string[];
  /** The account that should sign in, in the server's words. */
  readonly loginHint: string | undefined;
  /** Let the user choose an account although the browser remembers one. */
  readonly chooseAccount: boolean;
  readonly acrValues: readonly string[];
  /** Seconds. */
  readonly maxAge: number | undefined;
}

/** Reads it off the sessions that the connection has already. */
export async function personalRequest(
  store: SessionStore,
  { connection, connectionKey, options, sessions }: ApprovedSignIn,
): Promise<PersonalRequest> {
  const own = (await sessions()).filter((session) => session.connectionKey === connectionKey);
  const again: Session | undefined = own.find(({ account }) => account.id === options.accountId);
  const record: SessionRecord | undefined = again && (await store.load(again.id));
  return {
    scopes: [...new Set([...connection.scopes, ...(again?.scopes ?? []), ...(options.scopes ?? [])])],
    loginHint: record?.loginHint,
    chooseAccount: options.accountId === undefined && own.length > 0,
    acrValues: options.acrValues ?? [],
    maxAge: options.maxAge,
  };
}
