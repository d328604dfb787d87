import { EventEmitter, once } from 'node:events';
import type { Browser, Page } from 'playwright-core';
import type { Exchange } from '../../src/core/http/exchange';
import type { BodyView } from '../../src/core/response/bodyView';
import type { HostMessage, ViewMessage } from '../../src/shared/protocol';
import type { EditView } from '../../src/shared/editView';
import { errorTemplate, LatchkeyError } from '../../src/core/errors';
import { runnerStrings } from '../../src/shared/runnerStrings';
import type { RunnerModel } from '../../src/shared/viewModel';
import { testFilter } from '../helpers/testFilter';
import { RunnerConversation } from '../../src/vscode/runner/runnerConversation';
import { TypedTexts } from '../../src/vscode/runner/typedTexts';
import type { RunnerHandlers } from '../../src/vscode/runner/runnerHandlers';
import { editSample, historyItems } from './samples';
import { openViewPage, postToPage, settle, type ViewListener, type ViewPageOptions } from './viewPage';

/** The built runner in a bare page, talking to the real host side in this process. */
export class RunnerPage implements AsyncDisposable, ViewListener {
  readonly page: Page;
  /** Every message of the view, oldest first. */
  readonly sent: ViewMessage[] = [];
  /** Every message of the host. */
  readonly posted: HostMessage[] = [];
  /** What was asked of the rest of the extension. */
  readonly calls: string[] = [];
  readonly clipboard: string[] = [];
  /** Codes of what was said to have failed. */
  readonly failures: string[] = [];
  /** The request as the file has it. */
  readonly edits: { view: EditView | undefined } = { view: editSample };
  /** Errors of the page, violations of its policy among them. */
  readonly problems: string[] = [];
  /** What outlives the runner. */
  readonly typed = new TypedTexts();
  readonly #conversation: RunnerConversation;
  readonly #posting = new EventEmitter();

  private constructor(page: Page) {
    this.page = page;
    this.#conversation = new RunnerConversation({
      post: (message) => void this.post(message),
      filter: testFilter,
      pause: () => Promise.resolve(),
      renderMarkdown: (text) => Promise.resolve(text),
      writeClipboard: (text) => Promise.resolve(void this.clipboard.push(text)),
      strings: runnerStrings,
      typed: this.typed,
      handlers: recordingHandlers(this.calls, this.edits),
      errorText: (error) => {
        const { code, message } = error as LatchkeyError;
        return { code, message, next: errorTemplate(code).next };
      },
      showFailure: (error) => void this.failures.push((error as LatchkeyError).code),
      log: recordingLog(this.problems),
    });
  }

  static open(browser: Browser, options: ViewPageOptions = {}): Promise<RunnerPage> {
    return openViewPage(browser, 'runner', options, (page) => new RunnerPage(page));
  }

  receive(message: unknown): void {
    this.sent.push(message as ViewMessage);
    this.#conversation.receive(message);
  }

  problem(text: string): void {
    this.problems.push(text);
  }

  /** Shows a model, as the extension does, and waits until the page has drawn it. */
  async show(model: RunnerModel, body?: BodyView, exchange?: Exchange): Promise<void> {
    // The page may not have said yet that it is there, and rows of a body may take a while.
    const posted = once(this.#posting, 'model', { signal: AbortSignal.timeout(10_000) });
    this.#conversation.show(model, body, exchange);
    await posted;
    await this.settle();
  }

  /** The file of the request has changed. */
  async fileChanges(view: EditView | undefined): Promise<void> {
    this.edits.view = view;
    this.#conversation.writtenChanged();
    await this.settle();
  }

  /** What happens when the tab is hidden and shown again: the page is built anew, with the state it persisted. */
  async reload(): Promise<void> {
    this.#conversation.viewGone();
    await this.page.reload();
  }

  async post(message: unknown): Promise<void> {
    this.posted.push(message as HostMessage);
    if (isModel(message as HostMessage)) this.#posting.emit('model');
    await postToPage(this.page, message);
  }

  /** Waits until the messages that are on their way have been drawn. */
  async settle(): Promise<void> {
    await settle(this.page);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}

function isModel({ type }: HostMessage): boolean {
  return type === 'snapshot' || type === 'update';
}

function recordingHandlers(calls: string[], edits: { readonly view: EditView | undefined }): RunnerHandlers {
  return {
    send: (name) => void calls.push(`send ${name}`),
    cancel: () => void calls.push('cancel'),
    pin: (isPinned) => void calls.push(`pin ${isPinned}`),
    selectRequest: (name) => void calls.push(`select ${name}`),
    act: (action) => void calls.push(action),
    openBodyInEditor: (form) => void calls.push(`open ${form}`),
    listHistory: () => Promise.resolve(historyItems),
    openHistory: (id) => void calls.push(`history ${id}`),
    showLatest: () => void calls.push('latest'),
    readWritten: () =>
      edits.view ? Promise.resolve(edits.view) : Promise.reject(new LatchkeyError('edit.notEditable', { name: 'it' })),
    applyEdit: (base, wanted) => {
      calls.push(`edit ${JSON.stringify(wanted)}`);
      return base === edits.view?.base ? Promise.resolve() : Promise.reject(new LatchkeyError('edit.stale'));
    },
    compare: (wanted) => void calls.push(`compare ${JSON.stringify(wanted)}`),
    saveBody: () => void calls.push('save'),
    openCell: (_id, row, cell, text) => void calls.push(`open cell ${row}:${cell} ${text}`),
  };
}

function recordingLog(problems: string[]): ConstructorParameters<typeof RunnerConversation>[0]['log'] {
  const ignore = (): void => undefined;
  return {
    trace: ignore,
    debug: ignore,
    info: ignore,
    warn: (message) => void problems.push(message),
    error: (message, error) => void problems.push(`${message} ${String(error)}`),
  };
}
