import type { TemplateData } from '../text/template';
import type { importNoteTexts } from '../text/importNoteTexts';

export type ImportNoteKind = keyof typeof importNoteTexts;

/** Something that did not come in as it was. Names what it is about, and never holds a value, which could be secret. */
export interface ImportNote {
  readonly kind: ImportNoteKind;
  readonly data: TemplateData;
}

export function importNote(kind: ImportNoteKind, data: TemplateData = {}): ImportNote {
  return { kind, data };
}
