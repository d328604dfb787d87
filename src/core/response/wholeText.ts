import { LatchkeyError } from '../errors';
import type { BodyView } from './bodyView';

/** Characters that go to the clipboard or into an editor at most; a file takes the rest. */
export const TEXT_LIMIT = 16 * 1024 * 1024;

/**
 * For those who have handed on the text of a body, and would not see that there is more.
 * @param text what {@link BodyView.text} has told.
 * @throws LatchkeyError `response.onlyBeginning`, `response.onlySoFar`
 */
export function requireWholeText({ isReceived, shownBytes, size }: BodyView, text: string): void {
  if (text.length >= TEXT_LIMIT || shownBytes < size) throw new LatchkeyError('response.onlyBeginning');
  if (isReceived === false) throw new LatchkeyError('response.onlySoFar');
}
