import { LatchkeyError } from '../errors';

/** What is wrong with a request, in words, and what to do about it. */
export interface FaultText {
  readonly message: string;
  readonly next: string;
}

/** The error of a request that cannot be sent as it is written. */
export function invalidRequest(name: string, { message, next }: FaultText): LatchkeyError {
  return new LatchkeyError('workspace.requestInvalid', { name, problem: message, remedy: next });
}
