import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { BodyView } from '../../src/core/response/bodyView';
import type { HostMessage, ViewMessage } from '../../src/shared/protocol';
import { runnerStrings } from '../../src/shared/runnerStrings';
import type { RunnerModel } from '../../src/shared/viewModel';
import { RunnerConversation } from '../../src/vscode/runner/runnerConversation';
import type { RunnerHandlers } from '../../src/vscode/runner/runnerHandlers';
import { runnerHtml } from '../../src/vscode/runner/runnerHtml';
import { repositoryRoot } from '../helpers/repository';
import { themes } from './themes';

export type ThemeName = keyof typeof themes;

export interface RunnerPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What VS Code kept of the view from before a reload. */
  readonly state?: unknown;
}

const ORIGIN = 'http://runner.test';

/**
 * The built runner in a bare page, under the policy that it has in VS Code, talking to the real host side in this
 * process. What VS Code itself does (theme variables, `acquireVsCodeApi`) is stood in for.
 */
export class RunnerPage implements AsyncDisposable {
  readonly page: Page;
  readonly #context: BrowserContext;
  /** Every message of the view, oldest first. */
  readonly sent: ViewMessage[] = [];
  /** Every message of the host. */
  readonly posted: HostMessage[] = [];
  /** What was asked of the rest of the extension. */
  readonly calls: string[] = [];
  readonly clipboard: string[] = [];
  /** Errors of the page, violations of its policy among them. */
  readonly problems: string[] = [];
  readonly #conversation: RunnerConversation;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    this.#conversation = new RunnerConversation({
      post: (message) => void this.post(message),
      writeClipboard: (text) => Promise.resolve(void this.clipboard.push(text)),
      strings: runnerStrings,
      handlers: recordingHandlers(this.calls),
      log: recordingLog(this.problems),
    });
  }

  static async open(browser: Browser, options: RunnerPageOptions = {}): Promise<RunnerPage> {
    const { width = 480, height = 640 } = options;
    const context = await browser.newContext({ viewport: { width, height }, locale: 'en-US' });
    const page = await context.newPage();
    const runner = new RunnerPage(context, page);
    page.on('pageerror', (error) => runner.problems.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') runner.problems.push(message.text());
    });
    await page.exposeFunction('toHost', (message: ViewMessage) => {
      runner.sent.push(message);
      runner.#conversation.receive(message);
    });
    await page.addInitScript(standIn, { theme: themes[options.theme ?? 'dark'], state: options.state });
    await page.route(`${ORIGIN}/**`, async (route) => {
      const isScript = new URL(route.request().url()).pathname === '/runner.js';
      if (isScript) await route.fulfill({ contentType: 'text/javascript', body: await bundle() });
      else await route.fulfill({ contentType: 'text/html', body: shell() });
    });
    await page.goto(`${ORIGIN}/`);
    return runner;
  }

  /** Shows a model, as the extension does, and waits until the page has drawn it. */
  async show(model: RunnerModel, body?: BodyView): Promise<void> {
    this.#conversation.show(model, body);
    await this.settle();
  }

  /** What happens when the tab is hidden and shown again: the page is built anew, with the state it persisted. */
  async reload(): Promise<void> {
    this.#conversation.viewGone();
    await this.page.reload();
  }

  async post(message: unknown): Promise<void> {
    this.posted.push(message as HostMessage);
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
  }

  /** Waits until the messages that are on their way have been drawn. */
  async settle(): Promise<void> {
    await this.page.evaluate(
      () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.close();
  }
}

function shell(): string {
  return runnerHtml({
    scriptUri: `${ORIGIN}/runner.js`,
    cspSource: ORIGIN,
    nonce: 'bm9uY2Ugb2YgdGhlIHRlc3Q=',
    language: 'en',
    title: 'Latchkey Runner',
  });
}

function bundle(): Promise<string> {
  return readFile(path.join(repositoryRoot, 'dist', 'webview', 'runner.js'), 'utf8');
}

/** Runs in the page, before anything else: what VS Code does there. */
function standIn({ theme, state }: { theme: (typeof themes)[ThemeName]; state: unknown }): void {
  const key = 'state';
  if (state !== undefined && sessionStorage.getItem(key) === null) sessionStorage.setItem(key, JSON.stringify(state));
  const page = globalThis as unknown as { toHost: (message: unknown) => void; acquireVsCodeApi: () => unknown };
  page.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => page.toHost(message),
    getState: () => JSON.parse(sessionStorage.getItem(key) ?? 'null') as unknown,
    setState: (value: unknown) => sessionStorage.setItem(key, JSON.stringify(value)),
  });
  const sheet = new CSSStyleSheet();
  const fonts = {
    '--vscode-font-family': 'system-ui, "Ubuntu", "Droid Sans", sans-serif',
    '--vscode-font-size': '13px',
    '--vscode-font-weight': 'normal',
    '--vscode-editor-font-family': '"Droid Sans Mono", monospace',
    '--vscode-editor-font-size': '14px',
    '--vscode-editor-font-weight': 'normal',
  };
  const variables = Object.entries({ ...fonts, ...theme.variables }).map(([name, value]) => `${name}: ${value};`);
  sheet.replaceSync(`
    html { ${variables.join(' ')} scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
    body { margin: 0; padding: 0 20px; overscroll-behavior-x: none; background-color: transparent;
      color: var(--vscode-editor-foreground); font-family: var(--vscode-font-family);
      font-weight: var(--vscode-font-weight); font-size: var(--vscode-font-size); }`);
  document.adoptedStyleSheets = [sheet];
  document.addEventListener('DOMContentLoaded', () => (document.body.className = theme.bodyClass));
}

function recordingHandlers(calls: string[]): RunnerHandlers {
  return {
    send: (name) => void calls.push(`send ${name}`),
    cancel: () => void calls.push('cancel'),
    selectRequest: (name) => void calls.push(`select ${name}`),
    act: (action) => void calls.push(action),
    openBodyInEditor: (form) => void calls.push(`open ${form}`),
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
