import { LatchkeyError } from '../../errors';
import type { TextRange } from '../diagnostic';
import { commonEnd, commonStart } from '../document/commonEnds';
import { readSlice, requestSlice, type RequestPlace, type RequestSlice } from './requestSlice';
import { patchesFor, type TextPatch } from './requestPatches';
import { checkWanted, saysWanted, type WantedRequest } from './wantedRequest';
import { writtenRequest } from './writtenRequest';

/** A stretch of a text that is replaced. */
export interface RequestTextEdit {
  readonly range: TextRange;
  readonly text: string;
}

/** Ways to write a change, the one that keeps most of the style first. */
const ATTEMPTS = 3;

/**
 * What to change in the text of a request file so that a request says what is wanted. Every other byte stays: comments,
 * the order of keys, quotes. The request is read again with it: what is not part of the change it must say still.
 * @throws LatchkeyError `edit.*`
 */
export function editRequest(
  text: string,
  place: RequestPlace,
  name: string,
  wanted: WantedRequest,
): readonly RequestTextEdit[] {
  const slice = requestSlice(text, place);
  const written = slice && writtenRequest(slice);
  if (!slice || !written) throw new LatchkeyError('edit.notEditable', { name });
  checkWanted(wanted, written);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const patches = patchesFor(slice, written, wanted, attempt);
    const edited = readSlice(applied(slice.text, patches), slice.start);
    if (edited?.entry.key === slice.entry.key && saysWanted(edited, slice, wanted)) {
      return patches
        .map((patch) => trimmed(slice, patch))
        .filter(({ range, text: put }) => range.start < range.end || put !== '');
    }
  }
  throw new LatchkeyError('edit.noPlace');
}

function applied(text: string, patches: readonly TextPatch[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: put } of patches) {
    result += text.slice(at, start) + put;
    at = end;
  }
  return result + text.slice(at);
}

/** Without what stays as it is at both ends. */
function trimmed(slice: RequestSlice, { start, end, text }: TextPatch): RequestTextEdit {
  const old = slice.text.slice(start, end);
  const head = commonStart(old, text);
  const tail = commonEnd(old.slice(head), text.slice(head));
  return {
    range: { start: slice.start + start + head, end: slice.start + end - tail },
    text: text.slice(head, text.length - tail),
  };
}
