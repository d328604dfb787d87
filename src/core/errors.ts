import { apiErrorTexts } from './text/apiErrorTexts';
import { clientErrorTexts } from './text/clientErrorTexts';
import { descriptionErrorTexts } from './text/descriptionErrorTexts';
import { editErrorTexts } from './text/editErrorTexts';
import { expectErrorTexts } from './text/expectErrorTexts';
import { historyErrorTexts } from './text/historyErrorTexts';
import { httpErrorTexts } from './text/httpErrorTexts';
import { importErrorTexts } from './text/importErrorTexts';
import { oauthErrorTexts } from './text/oauthErrorTexts';
import { responseErrorTexts } from './text/responseErrorTexts';
import { runErrorTexts } from './text/runErrorTexts';
import { snippetErrorTexts } from './text/snippetErrorTexts';
import { workspaceErrorTexts } from './text/workspaceErrorTexts';
import { formatTemplate, type MessageTemplate, type TemplateData } from './text/template';

const errorTexts = {
  ...apiErrorTexts,
  ...oauthErrorTexts,
  ...clientErrorTexts,
  ...descriptionErrorTexts,
  ...editErrorTexts,
  ...expectErrorTexts,
  ...historyErrorTexts,
  ...httpErrorTexts,
  ...importErrorTexts,
  ...responseErrorTexts,
  ...runErrorTexts,
  ...snippetErrorTexts,
  ...workspaceErrorTexts,
} as const;

/** Every error a user can meet. The code is the contract; the sentence belongs to the edge that shows it. */
export type ErrorCode = keyof typeof errorTexts;

/**
 * An expected failure: a code, the facts that fill its sentence, and the cause.
 * `data` is shown to people and written to logs, so it never holds a secret.
 */
export class LatchkeyError extends Error {
  override readonly name = 'LatchkeyError';
  readonly code: ErrorCode;
  readonly data: TemplateData;

  constructor(code: ErrorCode, data: TemplateData = {}, options?: ErrorOptions) {
    super(formatTemplate(errorTexts[code].message, data), options);
    this.code = code;
    this.data = data;
  }
}

/** Whether a caught value is the named error. */
export function isErrorCode(error: unknown, code: ErrorCode): error is LatchkeyError {
  return error instanceof LatchkeyError && error.code === code;
}

/** The sentence and the next step of an error code, to be translated and filled in by the edge. */
export function errorTemplate(code: ErrorCode): MessageTemplate {
  return errorTexts[code];
}

/** Whether a caught value says that the operation was cancelled, which is an outcome and not an error. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** The value to throw or reject with when an operation was cancelled. */
export function abortError(): Error {
  const error = new Error('Cancelled');
  error.name = 'AbortError';
  return error;
}
