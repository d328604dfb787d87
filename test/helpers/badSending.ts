import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as path from 'node:path';
import type { TestContext } from 'node:test';
import { errorTemplate } from '../../src/core/errors';
import { withoutConnection } from '../../src/core/http/authorise';
import type { Exchange } from '../../src/core/http/exchange';
import type { HttpRequest } from '../../src/core/http/httpRequest';
import { sendExchange, type SendOptions } from '../../src/core/http/sendExchange';
import { formatTemplate } from '../../src/core/text/template';
import type { BodyView, RowLayout } from '../../src/core/response/bodyView';
import type { HttpTransport } from '../../src/core/ports';
import { openBodyView } from '../../src/core/response/openBodyView';
import { BodyWorkers } from '../../src/node/body/bodyWorkers';
import { nodeClock } from '../../src/node/nodeClock';
import { nodeRandom } from '../../src/node/nodeRandom';
import { FileSpool } from '../../src/node/spool';
import { UndiciTransport, type UndiciTransportOptions } from '../../src/node/undiciTransport';
import { eventually } from './eventually';
import { repositoryRoot } from './repository';
import { httpRequest } from './requests';
import { temporaryFolder } from './temporaryFolder';
import { securedWith } from './tlsProfiles';

/** Milliseconds that nothing may keep the event loop from its turn. Far above what it takes: the machine may be busy. */
const longestStall = 1_000;

/** Sends as the extension does, with a spool and the thread of the bodies, and tells what is left of it afterwards. */
export class BadSending {
  readonly #transport: UndiciTransport;
  readonly #spool: FileSpool;
  readonly #workers = new BodyWorkers(path.join(repositoryRoot, 'dist', 'bodyWorker.js'));
  readonly #folder: string;
  readonly #kept: { dispose(): void }[] = [];
  readonly #timers = timers();
  readonly #delays = monitorEventLoopDelay({ resolution: 1 });

  readonly #secured: HttpTransport;

  private constructor(folder: string, options: UndiciTransportOptions, ca: readonly string[]) {
    this.#folder = folder;
    this.#spool = new FileSpool(folder, nodeRandom);
    this.#transport = new UndiciTransport(options);
    this.#secured = securedWith(this.#transport, { ca });
    this.#delays.enable();
  }

  /** @param ca fixtures of authorities that are trusted. */
  static async start(
    t: TestContext,
    options: UndiciTransportOptions = {},
    ca: readonly string[] = [],
  ): Promise<BadSending> {
    const folder = await temporaryFolder('bad-input');
    const sending = new BadSending(folder.path, options, ca);
    t.after(async () => {
      sending.#end();
      await folder[Symbol.asyncDispose]();
    });
    return sending;
  }

  /** Milliseconds: the longest time until now during which nothing else could run. */
  get stall(): number {
    return this.#delays.max / 1e6;
  }

  async send(url: string, options: Partial<SendOptions> = {}, changes: Partial<HttpRequest> = {}): Promise<Exchange> {
    const deps = { transport: this.#secured, clock: nodeClock, random: nodeRandom, spool: this.#spool };
    const signal = new AbortController().signal;
    const exchange = await sendExchange(withoutConnection(httpRequest(url, changes)), deps, { signal, ...options });
    const { outcome } = exchange;
    if (outcome.kind === 'response') this.#kept.push(outcome.response.body);
    return exchange;
  }

  /** Opens the body as the runner does. */
  async view({ outcome }: Exchange): Promise<BodyView> {
    assert.ok(outcome.kind === 'response', outcome.kind === 'failure' ? String(outcome.error) : outcome.kind);
    const { headers, body } = outcome.response;
    const view = await openBodyView(body, {
      id: 'bad',
      contentType: headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1],
      mask: [],
      pause: () => new Promise((resolve) => setImmediate(resolve)),
      large: this.#workers,
    });
    this.#kept.unshift({ dispose: () => view.dispose?.() });
    return view;
  }

  /** Lets go of every body; then no file, no timer and no stall may be left. */
  async assertNothingIsLeft(): Promise<void> {
    for (const kept of this.#kept.splice(0)) kept.dispose();
    await eventually(async () => {
      assert.deepEqual(await readdir(path.join(this.#folder, String(process.pid))).catch(() => []), []);
      assert.ok(timers() <= this.#timers, 'no timer is left');
    });
    assert.ok(this.stall < longestStall, `the event loop was held up for ${this.stall} ms`);
  }

  #end(): void {
    this.#delays.disable();
    this.#workers.dispose();
    this.#transport.dispose();
    this.#spool.dispose();
  }
}

/** The sentences that a failure is told in: what happened and what to do. */
export function told({ outcome }: Exchange): {
  readonly code: string;
  readonly message: string;
  readonly next: string;
} {
  assert.ok(outcome.kind === 'failure', `it ended with: ${outcome.kind}`);
  const { code, data } = outcome.error;
  const { message, next } = errorTemplate(code);
  const texts = { code, message: formatTemplate(message, data), next: formatTemplate(next, data) };
  assert.doesNotMatch(texts.message + texts.next, /[{}]|undefined|\(\)/);
  return texts;
}

/** All rows of a body that has been looked through to its end, up to `limit`. */
export async function rowsOf(view: BodyView, layout: RowLayout, limit = 100): Promise<readonly string[]> {
  await eventually(async () => {
    await view.rowCount(layout);
    assert.ok(view.isComplete);
  }, 60_000);
  return (await view.rows(layout, 0, limit)).map(({ text }) => text);
}

function timers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}
