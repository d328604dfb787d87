import { replaceCredentials } from '../request/replaceCredentials';
import { MASK } from '../secret';

/** A text that is shown or written as it is, with what is a credential in it masked. */
export function maskedText(text: string): string {
  return replaceCredentials(text, () => MASK);
}
