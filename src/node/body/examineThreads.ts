import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../core/disposable';
import { abortError, LatchkeyError } from '../../core/errors';
import type { BodyAnswer, BodyQuestion } from '../../core/expect/bodyQuestion';
import type { BodyThread, BodyThreads, ThreadBody } from '../../core/expect/bodyThreads';
import type { SchemaFiles } from '../../core/expect/schema/schemaFiles';
import type { ExamineAnswer, ExamineRequest, ReadFile } from './examineMessages';

/** Milliseconds after which a thread that waits for the next body is given up. */
const IDLE = 30_000;
/** A thread that held more bytes than these has grown, and is not kept. */
const MOST_KEPT = 4 * 1024 * 1024;

export interface ExamineLimits {
  /** That may go into one body. */
  readonly seconds: number;
  /** Of memory, for one body. */
  readonly megabytes: number;
}

const LIMITS: ExamineLimits = { seconds: 60, megabytes: 2048 };

/**
 * Looks into bodies in threads of their own, one for each body that is looked into at the same time. What a path, an
 * expression or a schema asks for cannot be stopped on the way, so a thread is ended whose answer is not wanted any
 * more, or takes too long. One that has done its work waits for the next body for a while.
 */
export class ExamineThreads implements BodyThreads, Disposable {
  readonly #script: string;
  readonly #limits: ExamineLimits;
  #idle: { readonly worker: Worker; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  readonly #busy = new Set<Worker>();

  /** @param script path of the bundled `examineWorker.ts`. */
  constructor(script: string, limits = LIMITS) {
    this.#script = script;
    this.#limits = limits;
  }

  open(body: ThreadBody, files: SchemaFiles, signal: AbortSignal): BodyThread {
    const worker = this.#take();
    const { source } = body;
    const isSmall = (source.kind === 'file' ? source.size : source.bytes.length) <= MOST_KEPT;
    const done = (isUsable: boolean): void => this.#give(worker, isUsable && isSmall);
    return new ExamineThread(worker, { body, files, signal, seconds: this.#limits.seconds, done });
  }

  dispose(): void {
    for (const worker of this.#busy) void worker.terminate();
    this.#busy.clear();
    this.#endIdle();
  }

  #take(): Worker {
    const worker = this.#idle?.worker ?? this.#start();
    clearTimeout(this.#idle?.timer);
    this.#idle = undefined;
    this.#busy.add(worker);
    worker.ref();
    return worker;
  }

  #give(worker: Worker, isUsable: boolean): void {
    const wasBusy = this.#busy.delete(worker);
    if (!isUsable || !wasBusy || this.#idle) {
      void worker.terminate();
      return;
    }
    // One that waits keeps no process alive.
    worker.unref();
    const timer = setTimeout(() => this.#endIdle(), IDLE);
    timer.unref();
    this.#idle = { worker, timer };
  }

  #endIdle(): void {
    clearTimeout(this.#idle?.timer);
    void this.#idle?.worker.terminate();
    this.#idle = undefined;
  }

  #start(): Worker {
    const worker = new Worker(this.#script, {
      name: 'latchkey-examine',
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes },
    });
    // One that fails while nobody waits for it is not taken again.
    worker.on('error', () => {
      if (this.#idle?.worker === worker) this.#endIdle();
    });
    return worker;
  }
}

interface Examining {
  readonly body: ThreadBody;
  readonly files: SchemaFiles;
  readonly signal: AbortSignal;
  readonly seconds: number;
  /** Gives the thread back. */
  readonly done: (isUsable: boolean) => void;
}

interface Waiting {
  readonly resolve: (answer: BodyAnswer) => void;
  readonly reject: (error: Error) => void;
}

class ExamineThread implements BodyThread {
  readonly #worker: Worker;
  readonly #examining: Examining;
  readonly #timer: ReturnType<typeof setTimeout>;
  #waiting: Waiting | undefined;
  /** Why there are no answers any more. */
  #ended: Error | undefined;

  constructor(worker: Worker, examining: Examining) {
    this.#worker = worker;
    this.#examining = examining;
    const { body, files, signal, seconds } = examining;
    const tooLong = (): void => this.#end(new LatchkeyError('expect.tookTooLong', { seconds: String(seconds) }));
    this.#timer = setTimeout(tooLong, seconds * 1000);
    this.#timer.unref();
    signal.addEventListener('abort', this.#onAbort, { once: true });
    worker.on('message', this.#onMessage).on('error', this.#onError).on('exit', this.#onAbort);
    this.#post({ type: 'open', body, directory: files.directory });
  }

  ask(question: BodyQuestion): Promise<BodyAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#examining.signal.aborted) this.#end(abortError());
      if (this.#ended) {
        reject(this.#ended);
        return;
      }
      this.#waiting = { resolve, reject };
      this.#post({ type: 'ask', question });
    });
  }

  close(): void {
    if (this.#ended) return;
    const isIdle = this.#waiting === undefined;
    if (isIdle) this.#post({ type: 'close' });
    this.#end(abortError(), isIdle);
  }

  readonly #onMessage = (answer: ExamineAnswer): void => {
    switch (answer.type) {
      case 'answer':
        this.#settle(({ resolve }) => resolve(answer.answer));
        return;
      case 'read':
        void this.#read(answer.path);
        return;
      case 'failed': {
        const error = new Error('A body could not be looked into');
        error.stack = `${error.message} (${answer.name})\n${answer.stack}`;
        this.#settle(({ reject }) => reject(error));
      }
    }
  };

  readonly #onError = (error: unknown): void => {
    const isMemory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    this.#end(isMemory ? new LatchkeyError('expect.outOfMemory') : new Error('The thread of a body failed'));
  };

  readonly #onAbort = (): void => this.#end(abortError());

  async #read(path: string): Promise<void> {
    const file = await readFile(this.#examining.files, path);
    if (!this.#ended) this.#post({ type: 'file', file });
  }

  #settle(how: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) how(waiting);
  }

  #end(reason: Error, isUsable = false): void {
    if (this.#ended) return;
    this.#ended = reason;
    clearTimeout(this.#timer);
    this.#examining.signal.removeEventListener('abort', this.#onAbort);
    this.#worker.off('message', this.#onMessage).off('error', this.#onError).off('exit', this.#onAbort);
    this.#examining.done(isUsable);
    this.#settle(({ reject }) => reject(reason));
  }

  #post(request: ExamineRequest): void {
    this.#worker.postMessage(request);
  }
}

async function readFile(files: SchemaFiles, path: string): Promise<ReadFile> {
  try {
    return { kind: 'bytes', bytes: await files.read(path) };
  } catch (error) {
    if (!(error instanceof LatchkeyError)) return { kind: 'failed' };
    return { kind: 'error', code: error.code, data: error.data };
  }
}
