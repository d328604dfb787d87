import { Worker } from 'node:worker_threads';
import { abortError } from '../../core/errors';
import { Emitter } from '../../core/emitter';
import type { Disposable } from '../../core/disposable';
import {
  sameLayout,
  type BodyForm,
  type BodyRow,
  type FoundInBody,
  type LayoutProgress,
  type RowLayout,
} from '../../core/response/bodyView';
import type { BodyNode } from '../../core/response/bodyNode';
import type { LargeBodies, LargeBody, LargeBodyOptions } from '../../core/response/largeBodies';
import { kindOf, type LayoutKind, type WorkerAnswer, type WorkerRequest } from './messages';

/** Megabytes. What it reads is of no use a moment later, so it is better collected often than kept. */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

interface Question {
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly body: number;
  readonly onSome: ((found: FoundInBody) => void) | undefined;
}

type Asked = Extract<WorkerRequest, { readonly id: number; readonly body: number }>;
type WithoutId<T> = T extends Asked ? Omit<T, 'id'> : never;

/**
 * Large bodies are looked through in one thread of its own, which is started with the first and keeps no process
 * alive. Should it fail, what was asked is rejected, and the next body gets a new one.
 */
export class BodyWorkers implements LargeBodies, Disposable {
  readonly #script: string;
  #worker: Worker | undefined;
  readonly #bodies = new Map<number, WorkerBody>();
  readonly #questions = new Map<number, Question>();
  #lastId = 0;

  /** @param script path of the bundled `bodyWorker.ts`. */
  constructor(script: string) {
    this.#script = script;
  }

  open(path: string, options: LargeBodyOptions): LargeBody {
    const id = ++this.#lastId;
    const body = new WorkerBody({
      tell: (request) => this.#post({ ...request, body: id }),
      ask: (question, signal, onSome) => this.#ask({ ...question, body: id }, signal, onSome),
      close: () => {
        this.#bodies.delete(id);
        this.#post({ type: 'close', body: id });
        this.#reject(new Error('The body has been closed'), ({ body: of }) => of === id);
      },
    });
    this.#bodies.set(id, body);
    this.#post({ type: 'open', body: id, path, ...options });
    return body;
  }

  dispose(): void {
    void this.#worker?.terminate();
    this.#worker = undefined;
    this.#reject(new Error('The window is closing'), () => true);
  }

  #post(request: WorkerRequest): void {
    if (request.type === 'open') this.#worker ??= this.#start();
    this.#worker?.postMessage(request);
  }

  #ask(question: WithoutId<Asked>, signal?: AbortSignal, onSome?: Question['onSome']): Promise<WorkerAnswer> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) throw abortError();
      if (!this.#worker) throw new Error('The thread of the bodies has ended');
      const onAbort = (): void => {
        this.#questions.delete(id);
        this.#post({ type: 'cancel', id });
        reject(abortError());
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const settled = (): void => signal?.removeEventListener('abort', onAbort);
      this.#questions.set(id, {
        body: question.body,
        onSome,
        resolve: (answer) => {
          settled();
          resolve(answer);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      this.#post({ ...question, id });
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#script, { name: 'latchkey-bodies', resourceLimits });
    worker.unref();
    worker.on('message', (answer: WorkerAnswer) => this.#receive(answer));
    worker.on('error', (error) => {
      if (this.#worker === worker) this.#worker = undefined;
      this.#reject(error instanceof Error ? error : new Error(String(error)), () => true);
    });
    return worker;
  }

  #receive(answer: WorkerAnswer): void {
    if (answer.type === 'progress') {
      this.#bodies.get(answer.body)?.noteProgress(answer.layout, answer.progress, answer.mistake);
      return;
    }
    const question = this.#questions.get(answer.id);
    if (answer.type === 'found' && answer.looksOn) {
      question?.onSome?.(answer);
      return;
    }
    this.#questions.delete(answer.id);
    if (answer.type === 'failed') question?.reject(new Error(answer.message));
    else question?.resolve(answer);
  }

  #reject(error: Error, which: (question: Question) => boolean): void {
    for (const [id, question] of this.#questions) {
      if (!which(question)) continue;
      this.#questions.delete(id);
      question.reject(error);
    }
  }
}

type Told = Extract<WorkerRequest, { type: 'grow' | 'layOut' }>;
type WithoutBody<T> = T extends { readonly body: number } ? Omit<T, 'body'> : never;

interface Thread {
  readonly tell: (request: WithoutBody<Told>) => void;
  readonly ask: (
    question: WithoutBody<WithoutId<Asked>>,
    signal?: AbortSignal,
    onSome?: Question['onSome'],
  ) => Promise<WorkerAnswer>;
  readonly close: () => void;
}

interface LaidOut {
  readonly layout: RowLayout;
  progress: LayoutProgress | undefined;
}

class WorkerBody implements LargeBody {
  readonly #thread: Thread;
  readonly #progressed = new Emitter<void>();
  /** How far each has come: the rows that are listed, and the records of a table. */
  readonly #laidOut = new Map<LayoutKind, LaidOut>();
  mistake: number | undefined;

  readonly onDidProgress = this.#progressed.event;

  constructor(thread: Thread) {
    this.#thread = thread;
  }

  grow(size: number, ended: boolean): void {
    this.#thread.tell({ type: 'grow', size, ended });
  }

  layOut(layout: RowLayout): void {
    const known = this.#laidOut.get(kindOf(layout));
    if (known && sameLayout(layout, known.layout)) return;
    this.#laidOut.set(kindOf(layout), { layout, progress: undefined });
    this.#thread.tell({ type: 'layOut', layout });
  }

  progress(layout: RowLayout): LayoutProgress | undefined {
    const known = this.#laidOut.get(kindOf(layout));
    return known && sameLayout(layout, known.layout) ? known.progress : undefined;
  }

  noteProgress(layout: RowLayout, progress: LayoutProgress, mistake: number | undefined): void {
    this.mistake ??= mistake;
    const known = this.#laidOut.get(kindOf(layout));
    if (!known || !sameLayout(layout, known.layout)) return;
    known.progress = progress;
    this.#progressed.fire();
  }

  async rows(layout: RowLayout, from: number, to: number): Promise<readonly BodyRow[]> {
    const answer = await this.#thread.ask({ type: 'rows', layout, from, to });
    return answer.type === 'rows' ? answer.rows : [];
  }

  async find(
    layout: RowLayout,
    text: string,
    limit: number,
    signal: AbortSignal,
    onSome?: (found: FoundInBody) => void,
  ): Promise<FoundInBody> {
    const answer = await this.#thread.ask({ type: 'find', layout, text, limit }, signal, onSome);
    return answer.type === 'found' ? answer : { matches: [], more: false };
  }

  async nodeAt(layout: RowLayout, row: number): Promise<BodyNode | undefined> {
    const answer = await this.#thread.ask({ type: 'node', layout, row });
    return answer.type === 'node' ? answer.node : undefined;
  }

  async firstRows(layout: RowLayout, lines: readonly number[]): Promise<readonly number[]> {
    const answer = await this.#thread.ask({ type: 'firstRows', layout, lines });
    return answer.type === 'firstRows' ? answer.rows : [];
  }

  async text(form: BodyForm, limit: number): Promise<string> {
    const answer = await this.#thread.ask({ type: 'text', form, limit });
    return answer.type === 'text' ? answer.text : '';
  }

  close(): void {
    this.#thread.close();
  }
}
