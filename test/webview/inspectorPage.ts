import type { Browser, Page } from 'playwright-core';
import type { InspectorModel } from '../../src/shared/inspectorModel';
import type { InspectorViewMessage } from '../../src/shared/inspectorProtocol';
import { inspectorStrings } from '../../src/shared/inspectorStrings';
import { InspectorConversation } from '../../src/vscode/inspector/inspectorConversation';
import { openViewPage, postToPage, settle, type ViewListener, type ViewPageOptions } from './viewPage';

/** The built token inspector in a bare page, talking to the real host side in this process. */
export class InspectorPage implements AsyncDisposable, ViewListener {
  readonly page: Page;
  /** Every message of the view, oldest first. */
  readonly sent: InspectorViewMessage[] = [];
  /** What was asked of the rest of the extension. */
  readonly calls: string[] = [];
  /** Errors of the page, violations of its policy among them. */
  readonly problems: string[] = [];
  readonly #conversation: InspectorConversation;

  private constructor(page: Page) {
    this.page = page;
    const ignore = (): void => undefined;
    const problem = (text: string): void => this.problem(text);
    this.#conversation = new InspectorConversation({
      post: (message) => void this.post(message),
      strings: inspectorStrings,
      handlers: { act: (action) => void this.calls.push(action), hidden: () => void this.calls.push('hidden') },
      log: { trace: ignore, debug: ignore, info: ignore, warn: problem, error: problem },
    });
  }

  static open(browser: Browser, options: ViewPageOptions = {}): Promise<InspectorPage> {
    return openViewPage(browser, 'inspector', options, (page) => new InspectorPage(page));
  }

  receive(message: unknown): void {
    this.sent.push(message as InspectorViewMessage);
    this.#conversation.receive(message);
  }

  problem(text: string): void {
    this.problems.push(text);
  }

  /** Shows a model, as the extension does, and waits until the page has drawn it. */
  async show(model: InspectorModel): Promise<void> {
    this.#conversation.show(model);
    await settle(this.page);
  }

  async announce(text: string): Promise<void> {
    this.#conversation.announce(text);
    await settle(this.page);
  }

  /** What happens when the tab is hidden and shown again: the page is built anew, with the state it persisted. */
  async reload(): Promise<void> {
    this.#conversation.viewGone();
    await this.page.reload();
    await settle(this.page);
  }

  async post(message: unknown): Promise<void> {
    await postToPage(this.page, message);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.page.context().close();
  }
}
