import assert from 'node:assert/strict';

/** The character that stands for the cursor in the texts of tests; a pipe means something in YAML. */
const CURSOR = '‸';

/** A text with a cursor in it, as the text without it and the cursor's offset. */
export function atCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf(CURSOR);
  assert.ok(offset >= 0 && !marked.includes(CURSOR, offset + 1), 'the text has one cursor');
  return { text: marked.replace(CURSOR, ''), offset };
}
