import { LatchkeyError } from '../errors';

/** What is wrong with a request, in words, and what to do about it. */
export interface FaultText {
  readonly message: string;
  readonly next: string;
}

/** The error of a request that cannot be sent as it is written; somebody must have found a fault with it. */
export function invalidRequest(name: string, fault: FaultText | undefined): LatchkeyError {
  if (!fault) throw new Error('A request is invalid, and nothing says why.');
  const { message, next } = fault;
  return new LatchkeyError('workspace.requestInvalid', { name, problem: message, remedy: next });
}
