import { abortError } from '../errors';
import { finishOnDevice, startOnDevice, type DevicePorts } from '../oauth/deviceGrant';
import { personalRecord } from './personalRecord';
import { personalRequest } from './personalRequest';
import type { SessionRecord } from './sessionRecord';
import { approveSignIn, type SignInPorts, type SignInRequest } from './signInRequest';
import { storeSignedIn } from './storeSignedIn';

/** What {@link signInOnDevice} works with. */
export interface DeviceSignInPorts extends DevicePorts, SignInPorts {}

/**
 * Signs a person in with a code that they enter on a page of the server's (RFC 8628): discovery, trust, code, tokens,
 * account, store. Nothing is stored before everything is there.
 * @throws AbortError when cancelled or not trusted; LatchkeyError for the rest.
 */
export async function signInOnDevice(
  ports: DeviceSignInPorts,
  signIn: SignInRequest,
  signal: AbortSignal,
): Promise<SessionRecord> {
  const approved = await approveSignIn(ports, signIn, signal);
  const secured = { ...ports, http: approved.http };
  const { connection, server, prover } = approved;
  const request = { connection, server, prover, ...(await personalRequest(ports.store, approved)) };
  const started = await startOnDevice(secured, request, signal);
  const authorized = await finishOnDevice(secured, request, started, false, signal);
  if (!authorized) throw abortError();
  const record = await personalRecord(secured, approved, { ...authorized, scopes: request.scopes }, signal);
  return storeSignedIn(secured, record);
}
