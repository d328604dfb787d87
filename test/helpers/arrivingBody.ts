import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { ReceivedBody } from '../../src/core/http/receiveBody';
import type { BodyView } from '../../src/core/response/bodyView';
import { openBodyView } from '../../src/core/response/openBodyView';
import { BodyWorkers } from '../../src/node/body/bodyWorkers';
import { nodeRandom } from '../../src/node/nodeRandom';
import { FileSpool } from '../../src/node/spool';
import { repositoryRoot } from './repository';

/** A body that arrives as a test says, kept and looked through as large bodies are. */
export class ArrivingBody implements AsyncDisposable {
  readonly body: ReceivedBody;
  readonly #folder: string;
  readonly #spool: FileSpool;
  readonly #workers = new BodyWorkers(path.join(repositoryRoot, 'dist', 'bodyWorker.js'));
  readonly #views: BodyView[] = [];
  readonly #pieces: (Uint8Array | undefined)[] = [];
  readonly #received: Promise<void>;
  #wake: () => void = () => undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#spool = new FileSpool(folder, nodeRandom);
    const address = { scheme: 'http', host: 'a.test', port: '80' };
    this.body = new ReceivedBody({ limit: 1e9, spool: this.#spool, address, onBytes: () => undefined });
    this.#received = this.body.receive(this.#source());
  }

  static async create(): Promise<ArrivingBody> {
    return new ArrivingBody(await mkdtemp(path.join(tmpdir(), 'latchkey-body-')));
  }

  /** More has arrived; resolves when it can be read. */
  async arrive(text: string): Promise<void> {
    const size = this.body.size + Buffer.byteLength(text);
    const grown = new Promise<void>((resolve) => {
      const subscription = this.body.onDidGrow(() => {
        if (this.body.size < size) return;
        subscription.dispose();
        resolve();
      });
    });
    this.#push(new TextEncoder().encode(text));
    await grown;
  }

  /** That was all. */
  async finish(): Promise<void> {
    this.#push(undefined);
    await this.#received;
  }

  async open(contentType: string): Promise<BodyView> {
    const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    const view = await openBodyView(this.body, { id: 'arriving', contentType, mask: [], pause, large: this.#workers });
    this.#views.push(view);
    return view;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const view of this.#views) view.dispose?.();
    this.body.dispose();
    this.#workers.dispose();
    this.#spool.dispose();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #push(piece: Uint8Array | undefined): void {
    this.#pieces.push(piece);
    this.#wake();
  }

  async *#source(): AsyncGenerator<Uint8Array> {
    for (;;) {
      while (this.#pieces.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
      const piece = this.#pieces.shift();
      if (!piece) return;
      yield piece;
    }
  }
}
