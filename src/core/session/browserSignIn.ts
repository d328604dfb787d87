import { authorizeInBrowser, type AuthorizationPorts } from '../oauth/browserAuthorization';
import { chooseRedirects } from '../oauth/chooseRedirects';
import { redirectRules } from '../oauth/redirectRules';
import type { Environment } from '../oauth/signInPorts';
import { personalRecord } from './personalRecord';
import { personalRequest } from './personalRequest';
import type { SessionRecord } from './sessionRecord';
import { approveSignIn, type SignInPorts, type SignInRequest } from './signInRequest';
import { storeSignedIn } from './storeSignedIn';

/** What {@link signInWithBrowser} works with. */
export interface BrowserSignInPorts extends AuthorizationPorts, SignInPorts {
  readonly environment: Environment;
}

/**
 * Discovery, trust, browser, tokens, account, store. Nothing is stored before everything is there.
 * @throws AbortError when cancelled or not trusted; LatchkeyError for the rest.
 */
export async function signInWithBrowser(
  ports: BrowserSignInPorts,
  signIn: SignInRequest,
  signal: AbortSignal,
): Promise<SessionRecord> {
  const approved = await approveSignIn(ports, signIn, signal);
  const secured = { ...ports, http: approved.http };
  const { connection, server, prover } = approved;
  const request = { connection, server, prover, ...(await personalRequest(ports.store, approved)) };
  const kinds = chooseRedirects(ports.environment, redirectRules(connection, server), connection.redirect);
  const authorized = await authorizeInBrowser(secured, request, kinds, signal);
  const record = await personalRecord(secured, approved, { ...authorized, scopes: request.scopes }, signal);
  return storeSignedIn(secured, record);
}
