import { LatchkeyError } from '../../core/errors';
import type { RequestFile } from '../../core/request/model';
import { diagnosticText } from '../platform/errorText';

/** The mistake that leaves no request in a file, in a sentence; `undefined` where there are some, or none were meant. */
export function problemOfFile({ requests, faults }: RequestFile): string | undefined {
  const [fault] = requests.length === 0 ? faults : [];
  return fault && diagnosticText(fault).message;
}

/** Why a file without requests has nothing to be sent. */
export function noRequestError(label: string, file: RequestFile): LatchkeyError {
  const problem = problemOfFile(file);
  if (problem === undefined) return new LatchkeyError('workspace.noRequest', { file: label });
  return new LatchkeyError('workspace.fileFaulty', { file: label, problem });
}
