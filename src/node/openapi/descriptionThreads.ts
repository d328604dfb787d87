import { Worker } from 'node:worker_threads';
import { abortError, LatchkeyError } from '../../core/errors';
import type { DescribedConnection } from '../../core/openapi/describedConnection';
import type { DocumentReader } from '../../core/openapi/loadDescription';
import type { DescriptionSummary, OpenDescription, OperationsOrder } from '../../core/openapi/openDescription';
import type { OperationRequest } from '../../core/openapi/operationRequest';
import type { CodedError, DescriptionAnswer, DescriptionOrder, ReadDocument } from './descriptionMessages';

/** Megabytes of memory for one description. */
const MEMORY = 2048;

/** Reads API descriptions, each in a thread of its own: a large one takes seconds, and what it holds much memory. */
export class DescriptionThreads {
  readonly #script: string;

  /** @param script path of the bundled `descriptionWorker.ts`. */
  constructor(script: string) {
    this.#script = script;
  }

  /**
   * @param uri of the document that the description begins with, absolute.
   * @throws LatchkeyError `description.*`, or what reading that document throws; an abort error.
   */
  async open(uri: string, reader: DocumentReader, signal: AbortSignal): Promise<OpenDescription> {
    if (signal.aborted) throw abortError();
    const thread = new DescriptionThread(new Worker(this.#script, workerOptions), reader);
    const onAbort = (): void => thread.dispose();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await thread.load(uri);
      return thread;
    } catch (error) {
      thread.dispose();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}

const workerOptions = { name: 'latchkey-description', resourceLimits: { maxOldGenerationSizeMb: MEMORY } };

class DescriptionThread implements OpenDescription {
  readonly #worker: Worker;
  readonly #reader: DocumentReader;
  #opened: Extract<DescriptionAnswer, { type: 'opened' }> | undefined;
  /** One question at a time: whoever asks waits for those before. */
  #last: Promise<unknown> = Promise.resolve();
  #settle:
    { readonly resolve: (answer: DescriptionAnswer) => void; readonly reject: (error: Error) => void } | undefined;
  #isOver = false;

  constructor(worker: Worker, reader: DocumentReader) {
    this.#worker = worker;
    this.#reader = reader;
    worker.on('message', (answer: DescriptionAnswer) => this.#take(answer));
    worker.on('error', (error) => this.#end(reasonOf(error)));
    worker.on('exit', () => this.#end(abortError()));
    // One that waits keeps no process alive.
    worker.unref();
  }

  get summary(): DescriptionSummary {
    if (!this.#opened) throw new Error('The description is not open yet');
    return this.#opened.summary;
  }

  get missing(): readonly LatchkeyError[] {
    return (this.#opened?.missing ?? []).map(errorOf);
  }

  async load(uri: string): Promise<void> {
    this.#opened = await this.#ask({ type: 'open', uri, label: this.#reader.label(uri) }, 'opened');
  }

  async requests(order: OperationsOrder): Promise<readonly OperationRequest[]> {
    return (await this.#ask({ type: 'requests', order }, 'requests')).requests;
  }

  async connections(ids: readonly string[]): Promise<readonly DescribedConnection[]> {
    return (await this.#ask({ type: 'connections', ids }, 'connections')).connections;
  }

  dispose(): void {
    this.#end(abortError());
  }

  #ask<Type extends DescriptionAnswer['type']>(
    order: DescriptionOrder,
    type: Type,
  ): Promise<Extract<DescriptionAnswer, { type: Type }>> {
    const answer = this.#last.then(async () => {
      if (this.#isOver) throw abortError();
      const arrived = await new Promise<DescriptionAnswer>((resolve, reject) => {
        this.#settle = { resolve, reject };
        this.#worker.ref();
        this.#worker.postMessage(order);
      }).finally(() => this.#worker.unref());
      if (arrived.type === type) return arrived as Extract<DescriptionAnswer, { type: Type }>;
      throw arrived.type === 'failed' ? failureOf(arrived) : new Error(`Asked for ${type}, got ${arrived.type}`);
    });
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  #take(answer: DescriptionAnswer): void {
    if (answer.type === 'read') void this.#read(answer.uri);
    else this.#settle?.resolve(answer);
  }

  async #read(uri: string): Promise<void> {
    const document = await this.#reader.read(uri).then(
      (text): ReadDocument => ({ ok: true, text }),
      (error: unknown) => {
        if (error instanceof LatchkeyError)
          return { ok: false, error: { code: error.code, data: error.data } } as const;
        this.#end(error instanceof Error ? error : new Error(String(error)));
        return undefined;
      },
    );
    const label = this.#reader.label(uri);
    if (document && !this.#isOver)
      this.#worker.postMessage({ type: 'document', uri, label, document } satisfies DescriptionOrder);
  }

  #end(reason: Error): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#settle?.reject(reason);
    void this.#worker.terminate();
  }
}

function reasonOf(error: unknown): Error {
  const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory
    ? new LatchkeyError('description.outOfMemory')
    : new Error('The thread of a description failed', { cause: error });
}

function failureOf({ error, stack }: Extract<DescriptionAnswer, { type: 'failed' }>): Error {
  if (error) return errorOf(error);
  const failure = new Error('A description could not be read');
  failure.stack = `${failure.message}\n${stack}`;
  return failure;
}

function errorOf({ code, data }: CodedError): LatchkeyError {
  return new LatchkeyError(code, data);
}
