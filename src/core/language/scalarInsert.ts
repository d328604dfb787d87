import { scalarText } from '../request/edit/yamlText';
import type { TextRange } from '../request/diagnostic';
import { snippetText, type Completion, type CompletionKind } from './completion';
import { lineEnd } from './lineShape';
import type { PositionContext } from './positionContext';

export interface ScalarItem {
  readonly text: string;
  readonly kind: CompletionKind;
  readonly label?: string;
  readonly detail?: string | undefined;
  readonly docs?: string | undefined;
  readonly rank?: number;
  readonly more?: boolean;
  /** YAML that is put in as it is: a number or `true`, which quotes would make a text of. */
  readonly raw?: boolean;
}

/** JSONPaths and paths of files that YAML reads as they are. */
const PLAIN_PATHS = {
  block: /^(?:\$|\.{1,2}\/)[\w./[\]*'-]*$/,
  flow: /^(?:\$|\.{1,2}\/)[\w./*-]*$/,
} as const;

/** Puts scalars in at a cursor so that YAML reads them as they are meant: quoted where they have to be. */
export class ScalarInserter {
  readonly #text: string;
  readonly #context: PositionContext;
  readonly #offset: number;

  constructor(text: string, context: PositionContext, offset: number) {
    this.#text = text;
    this.#context = context;
    this.#offset = offset;
  }

  /** The scalar as the value at the cursor; what stands there goes. */
  value(item: ScalarItem): Completion {
    return this.#completion(item, this.#written(item), this.#space());
  }

  /** The scalar as a key, with its colon unless one is there. */
  key(item: ScalarItem, behind = ' '): Completion {
    const hasColon = this.#text[this.#context.token.end] === ':' && this.#context.token.end > this.#context.token.start;
    return this.#completion(item, this.#written(item) + (hasColon ? '' : `:${behind}`), '');
  }

  /** One line, around the cursor: what a completion may replace. */
  get range(): TextRange {
    const { start, end } = this.#context.token;
    const to = lineEnd(this.#text, this.#offset);
    const isHere = this.#text.lastIndexOf('\n', this.#offset - 1) < start;
    return { start: isHere ? start : this.#offset, end: Math.max(this.#offset, Math.min(end, to)) };
  }

  #written({ text, raw }: ScalarItem): string {
    const { quote, style } = this.#context;
    if (raw === true && !quote) return text;
    if (quote === "'") return `'${text.replaceAll("'", "''")}'`;
    if (quote === '"') return JSON.stringify(text);
    if (style === 'blockScalar' || PLAIN_PATHS[style].test(text)) return text;
    return scalarText(text, style);
  }

  /** Directly behind a colon or a dash a value needs a space. */
  #space(): string {
    const before = this.#text[this.range.start - 1];
    return before === ':' || before === '-' ? ' ' : '';
  }

  #completion(item: ScalarItem, written: string, before: string): Completion {
    const { text, label = text, kind, detail, docs, rank, more } = item;
    const { range } = this;
    // With a quote typed, it is the quote that the text is compared with.
    const filter = (this.#context.quote ?? '') + text;
    const told = { ...(rank !== undefined && { rank }), ...(more !== undefined && { more }) };
    return { label, kind, detail, docs, insert: before + snippetText(written), range, filter, ...told };
  }
}
