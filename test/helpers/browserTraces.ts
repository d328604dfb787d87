import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { SearchedText } from './leakSearch';

/**
 * Records what the frames of a context tell each other, and what its pages write to their consoles: from then on,
 * in every frame that is loaded. The messages of VS Code's webviews come through ports and windows both.
 */
export async function recordTraffic(context: BrowserContext): Promise<readonly SearchedText[]> {
  const recorded: SearchedText[] = [];
  await context.exposeBinding('recordMessage', ({ frame }, how: string, text: string) => {
    recorded.push({ place: `${how} in ${frameName(frame)}`, text });
  });
  await context.addInitScript(recordMessages);
  context.on('console', (message) => recorded.push({ place: `console (${message.type()})`, text: message.text() }));
  return recorded;
}

/** What a page shows at the moment, in all its frames and shadow trees, as text and as markup. */
export async function documentsOf(page: Page): Promise<readonly SearchedText[]> {
  const texts = await Promise.all(page.frames().map(documentOf));
  return texts.filter((text) => text !== undefined);
}

/** `undefined` when the frame goes while it is read: it shows nothing any more. */
async function documentOf(frame: Frame): Promise<SearchedText | undefined> {
  try {
    return { place: `DOM of ${frameName(frame)}`, text: await frame.evaluate(serialize) };
  } catch (error) {
    if (frame.isDetached()) return undefined;
    throw error;
  }
}

/** Everything the page's origin keeps in the browser. VS Code in a browser has its workspace and global state there. */
export async function storageOf(page: Page): Promise<readonly SearchedText[]> {
  const places = await page.evaluate(readStorage);
  const cookies = JSON.stringify(await page.context().cookies());
  return [...places, { place: 'cookies', text: cookies }];
}

function frameName(frame: Frame): string {
  return frame.url().replace(/[?#].*/s, '');
}

/** Runs in the browser, in each frame before its own scripts. */
function recordMessages(): void {
  const report = (globalThis as unknown as { recordMessage: (how: string, text: string) => unknown }).recordMessage;
  const asText = (_key: string, value: unknown): unknown =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder('latin1').decode(value) : value;
  const record = (how: string, data: unknown): void => {
    try {
      report(how, JSON.stringify(data, asText));
    } catch {
      // A message with a cycle or a port in it is no JSON, and none of ours.
    }
  };
  addEventListener('message', (event) => record('window message', event.data));
  // The original is called with the port it was called on.
  // oxlint-disable-next-line typescript/unbound-method
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (this: MessagePort, ...args: [unknown, never]): void {
    record('port message', args[0]);
    post.apply(this, args);
  };
}

/** Runs in the browser. */
function serialize(): string {
  const parts: string[] = [];
  const visit = (root: Document | ShadowRoot): void => {
    parts.push(root instanceof Document ? root.documentElement.outerHTML : root.innerHTML, root.textContent ?? '');
    for (const element of root.querySelectorAll('*')) {
      if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) parts.push(element.value);
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  // A page that is just being loaded has no body yet.
  return `${parts.join('\n')}\n${(document.body as HTMLElement | null)?.innerText ?? ''}`;
}

/** Runs in the browser. */
async function readStorage(): Promise<{ place: string; text: string }[]> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error(request.error?.message));
    });
  const asText = (_key: string, value: unknown): unknown =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder('latin1').decode(value) : value;
  const areas = { localStorage, sessionStorage };
  const places = Object.entries(areas).flatMap(([area, storage]) =>
    Object.entries(storage).map(([key, value]) => ({ place: `${area} ${key}`, text: `${key}\n${String(value)}` })),
  );
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([done(objects.getAllKeys()), done(objects.getAll())]);
      const place = `IndexedDB ${name}/${store}`;
      places.push({ place, text: `${JSON.stringify(keys)}\n${JSON.stringify(values, asText)}` });
      // VS Code stores its state as JSON texts: quotation marks escaped twice hide nothing, but be plain about it.
      places.push({ place, text: values.filter((value) => typeof value === 'string').join('\n') });
    }
    database.close();
  }
  return places;
}
