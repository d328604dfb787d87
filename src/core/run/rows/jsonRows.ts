import { LatchkeyError } from '../../errors';
import { MAX_LEVELS, plainLeaf, toResolvedInSlices } from '../../expect/jsonResolved';
import { readJsonInSlices } from '../../json/readJson';
import type { Resolved } from '../../request/resolve/resolved';
import { textPieces } from './textPieces';

/** Characters; JSON is read whole. */
const LARGEST = 32 * 1024 * 1024;

/** The items of a JSON file, read without holding up the event loop. @throws LatchkeyError `rows.*`, `file.tooLarge`. */
export async function jsonItems(
  bytes: AsyncIterable<Uint8Array>,
  file: string,
  pause: () => Promise<void>,
): Promise<readonly Resolved[]> {
  let text = '';
  for await (const piece of textPieces(bytes, file)) {
    text += piece;
    if (text.length > LARGEST) throw new LatchkeyError('file.tooLarge', { file, bytes: LARGEST });
  }
  const read = await readJsonInSlices(text, pause);
  if (!read.ok) throw notJson(text, read.offset, file);
  const value = await toResolvedInSlices(read.value, undefined, plainLeaf, pause);
  if (!value) throw new LatchkeyError('rows.tooDeep', { file, limit: MAX_LEVELS });
  if (value.kind !== 'list') throw new LatchkeyError('rows.notAList', { file });
  return value.items;
}

/** The error of a text that breaks the grammar at an offset. */
export function notJson(text: string, offset: number, file: string): LatchkeyError {
  return new LatchkeyError('rows.notJson', { file, line: text.slice(0, offset).split('\n').length });
}
