import type { BodyView } from '../../core/response/bodyView';
import { readTable, type BodyTable } from '../../core/response/bodyTable';
import { base64 } from '../../core/response/base64';
import { textColumns } from '../../shared/bodyColumns';
import type { BodyLayout, BodyPreview, HostMessage, ViewMessage } from '../../shared/protocol';
import type { BodyRows } from '../../shared/viewModel';

export interface BodyConversationDeps {
  readonly post: (message: HostMessage) => void;
  /** Renders Markdown to HTML; `undefined` where nothing can. */
  readonly renderMarkdown: (text: string) => PromiseLike<string | undefined>;
}

/** What the view asks about the body that is shown. */
export type BodyQuestion = Extract<
  ViewMessage,
  { type: 'requestRows' | 'find' | 'requestBytes' | 'requestTable' | 'requestPreview' }
>;

type Question<T extends BodyQuestion['type']> = Extract<BodyQuestion, { readonly type: T }>;

/** Rows that ride along with a model. */
const FIRST_ROWS = 200;
/** Characters after which no more rows ride along: unwrapped rows may be long. */
const FIRST_CHARACTERS = 64 * 1024;
/** Rows of one answer; the view asks for far fewer. */
const MOST_ROWS = 1000;
const MOST_MATCHES = 2000;
/** Bytes of one answer. */
const MOST_BYTES = 256 * 1024;
/** Rows of a table in one answer. */
const MOST_TABLE_ROWS = 500;
/** Bytes of the beginning that a preview is made from. */
export const PREVIEW_BYTES = 1024 * 1024;

/** Answers what the view asks about the body that is shown. Answers for a body that is gone are not given. */
export class BodyConversation {
  readonly #deps: BodyConversationDeps;
  readonly #tables = new WeakMap<BodyView, Promise<BodyTable>>();
  #body: BodyView | undefined;
  #finding = new AbortController();

  constructor(deps: BodyConversationDeps) {
    this.#deps = deps;
  }

  show(body: BodyView | undefined): void {
    this.#body = body;
  }

  /** Nobody waits for answers any more. */
  stop(): void {
    this.#finding.abort();
  }

  answer(question: BodyQuestion): Promise<void> {
    switch (question.type) {
      case 'requestRows':
        return this.#answerRows(question);
      case 'find':
        return this.#answerFind(question);
      case 'requestBytes':
        return this.#answerBytes(question);
      case 'requestTable':
        return this.#answerTable(question);
      case 'requestPreview':
        return this.#answerPreview(question);
    }
  }

  /** The first rows, to ride along with a model. */
  async firstRows(body: BodyView, layout: BodyLayout): Promise<BodyRows> {
    const all = await rowsOf(body, layout, 0, FIRST_ROWS);
    let characters = 0;
    const rows = all.rows.filter((row) => (characters += row.text.length) <= FIRST_CHARACTERS);
    return { ...all, rows };
  }

  /** How far the body has come, at a layout. */
  async reportGrowth(body: BodyView, layout: BodyLayout): Promise<void> {
    const { form, columns } = layout;
    const rowCount =
      body.kind.kind === 'text'
        ? await body.rowCount({ form, width: textColumns(columns, body.largestLine(form)) })
        : 0;
    const { id: bodyId, size, hasPretty, isComplete: complete } = body;
    const lineCount = body.lineCount(form);
    this.#deps.post({ type: 'bodyGrew', bodyId, ...layout, size, rowCount, lineCount, hasPretty, complete });
  }

  async #answerRows({ requestId, bodyId, form, columns, from, to }: Question<'requestRows'>): Promise<void> {
    const body = this.#textBody(bodyId);
    if (!body) return;
    const rows = await rowsOf(body, { form, columns }, from, Math.min(to, from + MOST_ROWS));
    this.#deps.post({ type: 'bodyRows', requestId, rows });
  }

  async #answerFind({ requestId, bodyId, form, columns, text }: Question<'find'>): Promise<void> {
    this.#finding.abort();
    this.#finding = new AbortController();
    const body = this.#textBody(bodyId);
    if (!body) return;
    const layout = { form, width: textColumns(columns, body.largestLine(form)) };
    const { matches, more } = await body.find(layout, text, MOST_MATCHES, this.#finding.signal);
    this.#deps.post({ type: 'found', requestId, matches, more });
  }

  async #answerBytes({ requestId, bodyId, from, to }: Question<'requestBytes'>): Promise<void> {
    const body = this.#bodyWith(bodyId);
    if (!body) return;
    const bytes = await body.bytes(from, Math.min(to, from + MOST_BYTES));
    const { size } = body;
    this.#deps.post({ type: 'bodyBytes', requestId, bytes: { bodyId, from, size, data: base64(bytes) } });
  }

  async #answerTable({ requestId, bodyId, from, to }: Question<'requestTable'>): Promise<void> {
    const body = this.#textBody(bodyId);
    if (!body) return;
    const reading = this.#tables.get(body) ?? readTable(body);
    // What is still arriving is read anew.
    if (body.isComplete) this.#tables.set(body, reading);
    const { rows, columns, isPartial } = await reading;
    const slice = rows.slice(from, Math.min(to, from + MOST_TABLE_ROWS));
    const table = { bodyId, rowCount: rows.length, columns, isPartial, from, rows: slice };
    this.#deps.post({ type: 'bodyTable', requestId, table });
  }

  async #answerPreview({ requestId, bodyId }: Question<'requestPreview'>): Promise<void> {
    const body = this.#textBody(bodyId);
    if (!body) return;
    this.#deps.post({ type: 'bodyPreview', requestId, preview: await this.#preview(body) });
  }

  async #preview(body: BodyView): Promise<BodyPreview> {
    const bytes = await body.bytes(0, PREVIEW_BYTES);
    const { charset = 'utf-8', language = 'text' } = body.kind.kind === 'text' ? body.kind : {};
    const text = body.mask(new TextDecoder(charset).decode(bytes));
    const isPage = language !== 'markdown';
    const rendered = isPage ? text : await this.#deps.renderMarkdown(text);
    // What was rendered may show what the text did not.
    const html = rendered === undefined ? undefined : body.mask(rendered);
    return { bodyId: body.id, html, isPage, shownBytes: bytes.length };
  }

  /** The body with this id, if it is still the one that is shown. */
  #bodyWith(bodyId: string): BodyView | undefined {
    return this.#body?.id === bodyId ? this.#body : undefined;
  }

  #textBody(bodyId: string): BodyView | undefined {
    const body = this.#bodyWith(bodyId);
    return body?.kind.kind === 'text' ? body : undefined;
  }
}

async function rowsOf(body: BodyView, { form, columns }: BodyLayout, from: number, to: number): Promise<BodyRows> {
  const layout = { form, width: textColumns(columns, body.largestLine(form)) };
  const rowCount = await body.rowCount(layout);
  return { bodyId: body.id, form, columns, rowCount, from, rows: await body.rows(layout, from, to) };
}
