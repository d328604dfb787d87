import { RequestDocument } from './document/requestDocument';
import type { RequestFile } from './model';

/**
 * Parses a request file. Never throws: what is wrong becomes a diagnostic, and a faulty request does not stop the
 * others. For a file that is being edited, {@link RequestDocument} does the same and keeps what it read.
 */
export function parseRequestFile(text: string): RequestFile {
  return new RequestDocument().update(text);
}
