import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { webviewHtml } from '../../src/vscode/platform/webviewHtml';
import { repositoryRoot } from '../helpers/repository';
import { themes } from './themes';

export type ThemeName = keyof typeof themes;

export interface ViewPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** What VS Code kept of the view from before a reload. */
  readonly state?: unknown;
}

/** The host's side of a page. */
export interface ViewListener {
  /** Gets every message of the view. */
  receive(message: unknown): void;
  /** Gets the errors of the page, violations of its policy among them. */
  problem(text: string): void;
}

const ORIGIN = 'http://view.test';
/** What VS Code lets the frame of our views do: no forms, which we do not ask for. */
const sandboxed = {
  'content-security-policy': 'sandbox allow-same-origin allow-pointer-lock allow-scripts allow-downloads',
};

/**
 * Opens a built view in a bare page, under the policy that it has in VS Code. What VS Code itself does (theme
 * variables, `acquireVsCodeApi`) is stood in for.
 * @param connect makes the host's side, before the page loads.
 */
export async function openViewPage<T extends ViewListener>(
  browser: Browser,
  view: 'runner' | 'inspector',
  options: ViewPageOptions,
  connect: (page: Page) => T,
): Promise<T> {
  const { width = 480, height = 640, theme = 'dark', state } = options;
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-US' });
  const page = await context.newPage();
  const listener = connect(page);
  page.on('pageerror', (error) => listener.problem(String(error)));
  page.on('console', (message) => {
    // The stand-in below is put into every frame, and a frame in which nothing may run refuses that too.
    const isStandIn = message.text().startsWith("Blocked script execution in 'about:srcdoc'");
    if (message.type() === 'error' && !isStandIn) listener.problem(message.text());
  });
  const isElsewhere = (url: string): boolean => !/^(?:data|blob|about):/.test(url) && !url.startsWith(ORIGIN);
  // What the policy forbids is announced as a request too, but only what passes it is handed to a route.
  await page.route(
    ({ href }) => isElsewhere(href),
    async (route) => {
      listener.problem(`The page asks for ${route.request().url()}`);
      await route.abort();
    },
  );
  await page.exposeFunction('toHost', (message: unknown) => listener.receive(message));
  await page.addInitScript(standIn, { theme: themes[theme], state });
  await page.route(`${ORIGIN}/**`, async (route) => {
    const script = /^\/(\w+)\.js$/.exec(new URL(route.request().url()).pathname)?.[1];
    if (script !== undefined) await route.fulfill({ contentType: 'text/javascript', body: await bundle(script) });
    else await route.fulfill({ contentType: 'text/html', headers: sandboxed, body: shell(view) });
  });
  await page.goto(`${ORIGIN}/`);
  return listener;
}

/** Posts a message to the page. As in VS Code, what meets a page that is gone, or just being built anew, is dropped. */
export async function postToPage(page: Page, message: unknown): Promise<void> {
  try {
    await page.evaluate((data) => window.postMessage(data, '*'), message);
  } catch (error) {
    const isGone = page.isClosed() || /context was destroyed|has been closed/.test(String(error));
    if (!isGone) throw error;
  }
}

/** Waits until the messages that are on their way have been drawn. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );
}

function shell(view: 'runner' | 'inspector'): string {
  return webviewHtml({
    element: `latchkey-${view}`,
    scriptUri: `${ORIGIN}/${view}.js`,
    cspSource: ORIGIN,
    nonce: 'bm9uY2Ugb2YgdGhlIHRlc3Q=',
    language: 'en',
    title: view === 'runner' ? 'Latchkey Runner' : 'Token Inspector',
    hasWorkers: view === 'runner',
  });
}

function bundle(name: string): Promise<string> {
  return readFile(path.join(repositoryRoot, 'dist', 'webview', `${name}.js`), 'utf8');
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
