import { withoutCredentials } from '../history/withoutCredentials';
import { readJsonInSlices } from '../json/readJson';
import { jsonBeginning } from './jsonBeginning';
import { jsonText } from './jsonText';

/** One of two texts that are compared. */
export interface ComparedText {
  /** Masked. */
  readonly text: string;
  readonly isJson: boolean;
  /** Whether that is all there was. */
  readonly isWhole: boolean;
  /** Credentials that a server gave out are masked in it, as in what lies on the disk. */
  readonly isKept: boolean;
}

export interface ComparableTexts {
  readonly before: string;
  readonly after: string;
  /** Only the beginnings are compared. */
  readonly isCut: boolean;
}

export interface ComparingOptions {
  /** Members of JSON objects in the order of their names. */
  readonly sortKeys: boolean;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}

/** UTF-16 units of a text that are compared at most: an editor takes no more with pleasure. */
export const COMPARED_LENGTH = 4 * 1024 * 1024;

/** Brings two texts into one form, so that only what differs differs. */
export async function comparableTexts(
  before: ComparedText,
  after: ComparedText,
  { sortKeys, pause }: ComparingOptions,
): Promise<ComparableTexts> {
  const isKept = before.isKept || after.isKept;
  const isCut = [before, after].some(({ isWhole, text }) => !isWhole || text.length > COMPARED_LENGTH);
  const length = isCut ? Math.min(before.text.length, after.text.length, COMPARED_LENGTH) : COMPARED_LENGTH;
  const formed = (each: ComparedText): Promise<string> => {
    const cut = isCut ? each.text.slice(0, length) : each.text;
    const text = isKept ? withoutCredentials(cut) : cut;
    return each.isJson ? formedJson(text, isCut, { sortKeys, pause }) : Promise.resolve(text);
  };
  return { before: await formed(before), after: await formed(after), isCut };
}

async function formedJson(text: string, isCut: boolean, { sortKeys, pause }: ComparingOptions): Promise<string> {
  await pause();
  const read = isCut ? undefined : await readJsonInSlices(text, pause);
  return read?.ok === true ? jsonText(read.value, sortKeys) : jsonBeginning(text);
}
