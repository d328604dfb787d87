import { authorizeInBrowser, type AuthorizationPorts } from '../oauth/browserAuthorization';
import { chooseRedirects, type RedirectRules } from '../oauth/chooseRedirects';
import { deviceCodeGrantType } from '../oauth/clientRegistration';
import { configuredClient } from '../oauth/oauthClient';
import type { Environment } from '../oauth/signInPorts';
import { personalRecord } from './personalRecord';
import { personalRequest } from './personalRequest';
import type { SessionRecord } from './sessionRecord';
import { approveSignIn, type ApprovedSignIn, type SignInPorts, type SignInRequest } from './signInRequest';
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
  const { connection, server } = approved;
  const request = { connection, server, ...(await personalRequest(ports.store, approved)) };
  const kinds = chooseRedirects(ports.environment, redirectRules(approved), connection.redirect);
  const authorized = await authorizeInBrowser(ports, request, kinds, signal);
  const record = await personalRecord(ports, approved, { ...authorized, scopes: request.scopes }, signal);
  return storeSignedIn(ports, record);
}

function redirectRules({ connection, server }: ApprovedSignIn): RedirectRules {
  const confidential = (configuredClient(connection, server)?.auth ?? 'none') !== 'none';
  const registersClients = server.metadata.registration_endpoint !== undefined && !confidential;
  const { device_authorization_endpoint: endpoint, grant_types_supported: grants } = server.metadata;
  const device = endpoint !== undefined && grants?.includes(deviceCodeGrantType) !== false;
  return { registersClients, editorSchemes: true, device };
}
