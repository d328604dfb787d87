import { abortError } from '../errors';
import type {
  BodyForm,
  BodyMatch,
  BodyRecords,
  BodyRow,
  BodyView,
  FoundInBody,
  RecordDialect,
  RowLayout,
} from './bodyView';
import type { BodyNode } from './bodyNode';
import type { BodyKind } from './classify';
import type { SecretMasker } from '../http/secretMasker';
import type { CoveredBytes } from './coveredBytes';
import type { LineSource } from './lineSource';
import type { PrettyLines } from './prettyLines';
import { indexRows, type RowIndex } from './rowIndex';
import { BodyReader } from './rows/bodyReader';
import { findPattern } from './rows/findPattern';

/** Lines that are looked through, or joined, before the event loop gets a turn. */
const LINES_PER_SLICE = 20_000;

export interface LoadedBody {
  readonly id: string;
  readonly kind: BodyKind;
  readonly size: number;
  readonly shownBytes: number;
  /** Decoded and masked. */
  readonly text: string;
  readonly raw: LineSource;
  /** `undefined` where there is no other form than the raw one. */
  readonly pretty: PrettyLines | undefined;
  readonly mistake: BodyView['mistake'];
  readonly media: BodyView['media'];
  readonly bytes: CoveredBytes;
  readonly mask: SecretMasker;
  readonly pause: () => Promise<void>;
}

/** A body whose text is in memory, once; its forms are indexes into it. */
export class LoadedBodyView implements BodyView {
  readonly isComplete = true;
  readonly #body: LoadedBody;
  #reading: Promise<BodyReader> | undefined;
  readonly #indexes = new Map<BodyForm, { readonly width: number; readonly rows: RowIndex }>();

  constructor(body: LoadedBody) {
    this.#body = body;
  }

  get id(): string {
    return this.#body.id;
  }

  get kind(): BodyKind {
    return this.#body.kind;
  }

  get size(): number {
    return this.#body.size;
  }

  get shownBytes(): number {
    return this.#body.shownBytes;
  }

  get hasPretty(): boolean {
    return this.#body.pretty !== undefined;
  }

  get mistake(): BodyView['mistake'] {
    return this.#body.mistake;
  }

  get media(): BodyView['media'] {
    return this.#body.media;
  }

  get filterable(): BodyView['filterable'] {
    const { kind, pretty, text } = this.#body;
    if (!pretty || kind.kind !== 'text') return undefined;
    return { language: kind.language === 'xml' ? 'xml' : 'json', kind: 'text', text };
  }

  bytes(start: number, end: number): Promise<Uint8Array> {
    return this.#body.bytes.read(start, end);
  }

  mask(text: string): string {
    return this.#body.mask(text);
  }

  lineCount(form: BodyForm): number {
    return this.#lines(form).lineCount;
  }

  largestLine(form: BodyForm): number {
    return this.lineCount(form);
  }

  rowCount(layout: RowLayout): Promise<number> {
    return Promise.resolve(this.#rows(layout).rowCount);
  }

  rows(layout: RowLayout, from: number, to: number): Promise<readonly BodyRow[]> {
    const index = this.#rows(layout);
    const rows: BodyRow[] = [];
    for (let row = Math.max(0, from); row < Math.min(to, index.rowCount); row++) rows.push(index.row(row));
    return Promise.resolve(rows);
  }

  records(dialect: RecordDialect): BodyRecords {
    const layout: RowLayout = { form: 'raw', width: 0, records: dialect };
    return {
      progress: async () => {
        const { rowCount } = (await this.#recordsOf(layout)).progress(layout);
        return { rowCount, complete: true };
      },
      rows: async (from, to) => (await this.#recordsOf(layout)).rows(layout, from, to),
      find: async (text, limit, signal) => {
        const search = (await this.#recordsOf(layout)).find(layout, text);
        const matches: BodyMatch[] = [];
        for (const found of search) {
          if (signal.aborted) throw abortError();
          matches.push(...(found ?? []));
          if (matches.length > limit) return { matches: matches.slice(0, limit), more: true };
          await this.#body.pause();
        }
        return { matches, more: false };
      },
    };
  }

  /** In whatever encoding it came, as text it is in memory. */
  #recordsOf(layout: RowLayout): Promise<BodyReader> {
    const { text, pause } = this.#body;
    return (this.#reading ??= (async () => {
      const bytes = new TextEncoder().encode(text);
      const source = { read: (start: number, end: number) => bytes.subarray(start, end) };
      const reader = new BodyReader({ source, language: undefined, charset: 'utf-8', forms: [] });
      reader.grow(bytes.length, true);
      while (reader.advance(layout)) await pause();
      return reader;
    })());
  }

  async find(layout: RowLayout, text: string, limit: number, signal: AbortSignal): Promise<FoundInBody> {
    const matches: BodyMatch[] = [];
    if (text === '') return { matches, more: false };
    const lines = this.#lines(layout.form);
    const index = this.#rows(layout);
    const pattern = findPattern(text);
    for (let line = 0; line < lines.lineCount; line++) {
      if (line % LINES_PER_SLICE === LINES_PER_SLICE - 1) await this.#body.pause();
      if (signal.aborted) throw abortError();
      for (const match of lines.text(line).matchAll(pattern)) {
        if (matches.length === limit) return { matches, more: true };
        matches.push(index.locate(line, match.index, match.index + match[0].length));
      }
    }
    return { matches, more: false };
  }

  nodeAt(layout: RowLayout, row: number): Promise<BodyNode | undefined> {
    const { pretty } = this.#body;
    if (!pretty || layout.form !== 'pretty') return Promise.resolve(undefined);
    return Promise.resolve(pretty.nodeAt(this.#rows(layout).lineOf(row)));
  }

  firstRows(layout: RowLayout, lines: readonly number[]): Promise<readonly number[]> {
    const rows = this.#rows(layout);
    return Promise.resolve(lines.map((line) => rows.firstRow(line - 1)));
  }

  nodes(): readonly BodyNode[] {
    return this.#body.pretty?.nodes() ?? [];
  }

  async text(form: BodyForm): Promise<string> {
    const { pretty, text, pause } = this.#body;
    if (form === 'raw' || !pretty) return text;
    const slices: string[] = [];
    for (let from = 0; from < pretty.lineCount; from += LINES_PER_SLICE) {
      if (from > 0) await pause();
      slices.push(joinLines(pretty, from, Math.min(from + LINES_PER_SLICE, pretty.lineCount)));
    }
    return slices.join('\n');
  }

  #lines(form: BodyForm): LineSource {
    return (form === 'pretty' ? this.#body.pretty : undefined) ?? this.#body.raw;
  }

  /** Only the latest width of each form is kept: a view has one width. */
  #rows({ form, width }: RowLayout): RowIndex {
    const known = this.#indexes.get(form);
    if (known?.width === width) return known.rows;
    const rows = indexRows(this.#lines(form), width);
    this.#indexes.set(form, { width, rows });
    return rows;
  }
}

function joinLines(lines: LineSource, from: number, to: number): string {
  const joined: string[] = [];
  for (let line = from; line < to; line++) joined.push(' '.repeat(lines.indent(line)) + lines.text(line));
  return joined.join('\n');
}
