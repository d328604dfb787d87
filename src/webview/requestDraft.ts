import type { BodyKind, EditView, WantedField, WantedRequest, WrittenField, WrittenRequest } from '../shared/editView';

/** A row of the editor; `key` stays the same while its texts change. */
export interface DraftRow extends WantedField {
  readonly key: number;
  readonly isFixed: boolean;
}

/** A request as it stands in the fields. */
export interface RequestDraft extends Omit<WantedRequest, 'query' | 'headers'> {
  readonly query: readonly DraftRow[];
  readonly headers: readonly DraftRow[];
}

export type RowList = 'query' | 'headers';

/** Bodies that the file has as YAML; the others are a text. */
const YAML_KINDS: readonly BodyKind[] = ['json', 'form', 'multipart'];

export function draftOf({ written }: EditView): RequestDraft {
  return { ...written, query: rowsOf(written.query), headers: rowsOf(written.headers) };
}

/** The fields as somebody has left them. */
export function typedDraft({ written }: EditView, wanted: WantedRequest): RequestDraft {
  const rows = (fields: readonly WantedField[], from: readonly WrittenField[]): DraftRow[] =>
    fields.map((field, key) => ({ ...field, key, isFixed: from[field.from ?? -1]?.isFixed === true }));
  return { ...wanted, query: rows(wanted.query, written.query), headers: rows(wanted.headers, written.headers) };
}

export function wantedOf({ query, headers, ...rest }: RequestDraft): WantedRequest {
  const plain = (rows: readonly DraftRow[]): WantedField[] =>
    rows.map(({ name, value, from }) => ({ name, value, from }));
  return { ...rest, query: plain(query), headers: plain(headers) };
}

/** Whether the fields say something else than the file. */
export function isChanged(draft: RequestDraft, written: WrittenRequest): boolean {
  return JSON.stringify(wantedOf(draft)) !== JSON.stringify(wantedOf(draftOf({ base: '', written })));
}

export function withRow(draft: RequestDraft, list: RowList, key: number, change: Partial<WantedField>): RequestDraft {
  return { ...draft, [list]: draft[list].map((row) => (row.key === key ? { ...row, ...change } : row)) };
}

export function withoutRow(draft: RequestDraft, list: RowList, key: number): RequestDraft {
  return { ...draft, [list]: draft[list].filter((row) => row.key !== key) };
}

export function withNewRow(draft: RequestDraft, list: RowList): RequestDraft {
  const key = Math.max(-1, ...draft[list].map((row) => row.key)) + 1;
  return { ...draft, [list]: [...draft[list], { key, name: '', value: '', from: undefined, isFixed: false }] };
}

/** The text stays where the new kind is written in the same way. */
export function withBodyKind(draft: RequestDraft, kind: BodyKind | undefined): RequestDraft {
  if (kind === undefined) return { ...draft, body: undefined };
  const isYaml = YAML_KINDS.includes(kind);
  const text = draft.body?.isYaml === isYaml ? draft.body.text : '';
  return { ...draft, body: { kind, text, isYaml } };
}

function rowsOf(fields: readonly WrittenField[]): readonly DraftRow[] {
  return fields.map(({ name, value, isFixed }, index) => ({ key: index, name, value, isFixed, from: index }));
}
