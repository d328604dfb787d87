import { LatchkeyError } from '../../core/errors';
import type { BodyView, FoundInBody, RowLayout } from '../../core/response/bodyView';
import { copiedNode } from '../../core/response/copiedNode';
import type { BodyFilter } from '../../core/response/bodyFilter';
import { FoldedBodyView } from '../../core/response/foldedBodyView';
import { BodyTable } from '../../core/response/bodyTable';
import { base64 } from '../../core/response/base64';
import { textColumns } from '../../shared/bodyColumns';
import type { BodyLayout, BodyPreview, FilterResult, HostMessage, ViewMessage } from '../../shared/protocol';
import type { RunnerStrings } from '../../shared/runnerStrings';
import type { BodyRows } from '../../shared/viewModel';
import { filterBody } from './filterBody';
import { presentBody } from './presentBody';
import type { RunnerHandlers } from './runnerHandlers';

export interface BodyConversationDeps {
  readonly post: (message: HostMessage) => void;
  /** Renders Markdown to HTML; `undefined` where nothing can. */
  readonly renderMarkdown: (text: string) => PromiseLike<string | undefined>;
  readonly writeClipboard: (text: string) => PromiseLike<void>;
  readonly filter: BodyFilter;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
  readonly strings: RunnerStrings;
  readonly handlers: Pick<RunnerHandlers, 'openCell'>;
  /** Says why what somebody wanted cannot be done. */
  readonly showFailure: (error: unknown) => void;
}

/** What the view asks about the body that is shown. */
export type BodyQuestion = Extract<
  ViewMessage,
  {
    type:
      | 'requestRows'
      | 'find'
      | 'findCells'
      | 'fold'
      | 'copyNode'
      | 'filter'
      | 'requestBytes'
      | 'requestTable'
      | 'openCell'
      | 'requestPreview';
  }
>;

type Question<T extends BodyQuestion['type']> = Extract<BodyQuestion, { readonly type: T }>;

/** Rows that ride along with a model. */
const FIRST_ROWS = 200;
/** Rows that the view keeps together. */
const FOLD_STRIDE = 100;
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
  readonly #tables = new WeakMap<BodyView, BodyTable>();
  /** Bodies with what is folded in them, for as long as they are kept. */
  readonly #folded = new WeakMap<BodyView, FoldedBodyView>();
  #body: FoldedBodyView | undefined;
  /** What a path found in it. */
  #filtered: FoldedBodyView | undefined;
  #finding = new AbortController();
  #findingCells = new AbortController();
  #filtering = new AbortController();

  constructor(deps: BodyConversationDeps) {
    this.#deps = deps;
  }

  show(body: BodyView | undefined): void {
    if (body !== this.#body?.inner) {
      this.#filtering.abort();
      this.#filtered = undefined;
    }
    this.#body = body && this.#foldedOf(body);
  }

  /** Nobody waits for answers any more. */
  stop(): void {
    this.#finding.abort();
    this.#findingCells.abort();
    this.#filtering.abort();
  }

  answer(question: BodyQuestion): Promise<void> {
    switch (question.type) {
      case 'requestRows':
        return this.#answerRows(question);
      case 'find':
        return this.#answerFind(question);
      case 'findCells':
        return this.#answerFindCells(question);
      case 'fold':
        return this.#fold(question);
      case 'copyNode':
        return this.#copyNode(question);
      case 'filter':
        return this.#answerFilter(question);
      case 'requestBytes':
        return this.#answerBytes(question);
      case 'requestTable':
        return this.#answerTable(question);
      case 'openCell':
        return this.#openCell(question);
      case 'requestPreview':
        return this.#answerPreview(question);
    }
  }

  /** The first rows, to ride along with a model. */
  async firstRows(body: BodyView, layout: BodyLayout): Promise<BodyRows> {
    const all = await rowsOf(this.#foldedOf(body), layout, 0, FIRST_ROWS);
    let characters = 0;
    const rows = all.rows.filter((row) => (characters += row.text.length) <= FIRST_CHARACTERS);
    return { ...all, rows };
  }

  /** How far the body has come, at a layout. */
  async reportGrowth(body: BodyView, layout: BodyLayout): Promise<void> {
    const rowCount = body.kind.kind === 'text' ? await countRows(this.#foldedOf(body), layout) : 0;
    const { id: bodyId, size, hasPretty, isComplete: complete } = body;
    const lineCount = body.lineCount(layout.form);
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
    const { revision } = body;
    const layout = widthOf(body, { form, columns });
    const { signal } = this.#finding;
    const tell = ({ matches, more }: FoundInBody): void => {
      if (!signal.aborted) this.#deps.post({ type: 'found', requestId, matches, more, isFailed: false });
    };
    const found = await body.find(layout, text, MOST_MATCHES, signal, tell).catch((error: unknown) => {
      // Nobody is to wait for what does not come.
      if (!signal.aborted) this.#deps.post({ type: 'found', requestId, matches: [], more: false, isFailed: true });
      throw error;
    });
    // What was found has been unfolded.
    if (body.revision !== revision) await this.#postRefolded(body, columns, undefined);
    tell(found);
  }

  async #answerFindCells({ requestId, bodyId, text }: Question<'findCells'>): Promise<void> {
    this.#findingCells.abort();
    this.#findingCells = new AbortController();
    const body = this.#textBody(bodyId);
    if (!body) return;
    const { signal } = this.#findingCells;
    const answer = ({ matches, more }: FoundInBody, isFailed: boolean): void => {
      if (signal.aborted) return;
      const cells = matches.map(({ row, cell = 0 }) => ({ row, cell }));
      this.#deps.post({ type: 'foundCells', requestId, matches: cells, more, isFailed });
    };
    try {
      const found = this.#tableOf(body).find(text, MOST_MATCHES, signal, (some) => answer(some, false));
      answer(await found, false);
    } catch (error) {
      // Nobody is to wait for what does not come.
      answer({ matches: [], more: false }, true);
      throw error;
    }
  }

  async #fold({ bodyId, columns, top, row, isFolded }: Question<'fold'>): Promise<void> {
    const body = this.#textBody(bodyId);
    if (!body) return;
    const layout = widthOf(body, { form: 'pretty', columns });
    const firstSeen = await body.innerRow(layout, top);
    if (row !== undefined) await body.setFold(layout, row, isFolded);
    else if (isFolded) body.foldAll();
    else body.unfoldAll();
    await this.#postRefolded(body, columns, await body.listedRow(layout, firstSeen));
  }

  async #postRefolded(body: FoldedBodyView, columns: number, top: number | undefined): Promise<void> {
    const from = Math.floor((top ?? 0) / FOLD_STRIDE) * FOLD_STRIDE;
    const rows = await rowsOf(body, { form: 'pretty', columns }, from, from + FIRST_ROWS);
    this.#deps.post({ type: 'refolded', rows, top });
  }

  async #copyNode({ bodyId, columns, row, what }: Question<'copyNode'>): Promise<void> {
    const body = this.#textBody(bodyId);
    if (!body) return;
    const { strings, post, writeClipboard, showFailure } = this.#deps;
    try {
      const text = await this.#textAt(body, columns, row, what);
      if (text === undefined) return;
      await writeClipboard(text);
      post({ type: 'announce', text: strings.copied });
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      showFailure(error);
    }
  }

  async #textAt(
    body: FoldedBodyView,
    columns: number,
    row: number,
    what: Question<'copyNode'>['what'],
  ): Promise<string | undefined> {
    if (what === 'all') return body.text('pretty');
    const layout = widthOf(body, { form: 'pretty', columns });
    const [at] = await body.rows(layout, row, row + 1);
    return at && copiedNode(body.inner, at.line, what, this.#deps.pause, layout);
  }

  async #answerFilter({ requestId, bodyId, path }: Question<'filter'>): Promise<void> {
    this.#filtering.abort();
    this.#filtering = new AbortController();
    const body = this.#body;
    if (body?.id !== bodyId) return;
    const result = await filterBody(this.#deps, body, path, `${requestId}`, this.#filtering.signal);
    if (this.#body !== body) return;
    if (result.kind === 'hits') this.#filtered = this.#foldedOf(result.view);
    const shown: FilterResult =
      result.kind === 'hits'
        ? { kind: 'hits', body: presentBody(result.view), count: result.count, shown: result.shown }
        : result;
    this.#deps.post({ type: 'filtered', requestId, result: shown });
  }

  async #answerBytes({ requestId, bodyId, from, to }: Question<'requestBytes'>): Promise<void> {
    const body = this.#bodyWith(bodyId);
    if (!body) return;
    const bytes = await bytesOf(body, from, Math.min(to, from + MOST_BYTES));
    const { size } = body;
    this.#deps.post({ type: 'bodyBytes', requestId, bytes: { bodyId, from, size, data: base64(bytes) } });
  }

  async #answerTable({ requestId, bodyId, from, to }: Question<'requestTable'>): Promise<void> {
    const body = this.#textBody(bodyId);
    if (!body) return;
    const { inner } = body;
    const page = await this.#tableOf(body).page(from, Math.min(to, from + MOST_TABLE_ROWS));
    const isPartial = inner.isComplete && inner.shownBytes < inner.size;
    const table = { bodyId, from, isPartial, ...page };
    this.#deps.post({ type: 'bodyTable', requestId, table });
  }

  async #openCell({ bodyId, row, cell }: Question<'openCell'>): Promise<void> {
    const body = this.#textBody(bodyId);
    const whole = body && (await this.#tableOf(body).cell(row, cell));
    if (!whole) return;
    this.#deps.handlers.openCell(bodyId, row, cell, whole.text);
    const { missing } = whole;
    if (missing === 'tooLong') this.#deps.showFailure(new LatchkeyError('response.onlyBeginningOfCell'));
    else if (missing) this.#deps.showFailure(new LatchkeyError(whyNotHere(body)));
  }

  #tableOf({ inner }: FoldedBodyView): BodyTable {
    const table = this.#tables.get(inner) ?? new BodyTable(inner);
    this.#tables.set(inner, table);
    return table;
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

  #foldedOf(body: BodyView): FoldedBodyView {
    const known = this.#folded.get(body) ?? new FoldedBodyView(body);
    this.#folded.set(body, known);
    return known;
  }

  /** The body with this id, or what was found in it, if it is still the one that is shown. */
  #bodyWith(bodyId: string): FoldedBodyView | undefined {
    return [this.#body, this.#filtered].find((body) => body?.id === bodyId);
  }

  #textBody(bodyId: string): FoldedBodyView | undefined {
    const body = this.#bodyWith(bodyId);
    return body?.kind.kind === 'text' ? body : undefined;
  }
}

function whyNotHere({ inner }: FoldedBodyView): 'response.onlySoFar' | 'response.onlyBeginning' {
  return inner.isReceived === false ? 'response.onlySoFar' : 'response.onlyBeginning';
}

/** Rows that are listed, by what is folded when they are counted. */
async function countRows(body: FoldedBodyView, layout: BodyLayout): Promise<number> {
  for (;;) {
    const { revision } = body;
    const count = await body.rowCount(widthOf(body, layout));
    if (body.revision === revision) return count;
  }
}

/** While a body arrives, as many bytes as there are by the end of the reading. */
async function bytesOf(body: BodyView, from: number, to: number): Promise<Uint8Array> {
  for (;;) {
    const { size } = body;
    const bytes = await body.bytes(from, to);
    if (from + bytes.length >= Math.min(to, body.size) || body.size === size) return bytes;
  }
}

async function rowsOf(body: FoldedBodyView, layout: BodyLayout, from: number, to: number): Promise<BodyRows> {
  const { revision: folds, isFolded, id: bodyId } = body;
  const width = widthOf(body, layout);
  const rows = await body.rows(width, from, to);
  // While a body arrives, what is counted last is no less than what was told before.
  return { bodyId, ...layout, folds, isFolded, rowCount: await body.rowCount(width), from, rows };
}

function widthOf(body: BodyView, { form, columns }: BodyLayout): RowLayout {
  return { form, width: textColumns(columns, body.largestLine(form)) };
}
