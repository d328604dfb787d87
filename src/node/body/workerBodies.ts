import { assertNever } from '../../core/assertNever';
import type { RowLayout } from '../../core/response/bodyView';
import { BodyReader } from '../../core/response/rows/bodyReader';
import { run, taskFor, type Task } from './bodyTasks';
import { FileRange } from './fileRange';
import { kindOf, type LayoutKind, type WorkerAnswer, type WorkerRequest } from './messages';

/** Milliseconds of work after which questions are answered. */
const SLICE = 8;
/** Milliseconds between two slices while a body comes in: receiving it, and showing its beginning, comes first. */
const REST = 24;
/** The same while it pours in: it is looked through when it is there, which is soon. */
const LONG_REST = 240;
/** Bytes in a millisecond, from the first on, with which a body pours in. */
const POURING_SPEED = 40_000;
/** A body comes in until so many milliseconds have passed without a word about its growth. */
const COMING = 100;
/** Milliseconds between two words about how far a body has been looked through. */
const REPORT_INTERVAL = 40;

interface OpenBody {
  readonly id: number;
  readonly reader: BodyReader;
  readonly file: FileRange;
  readonly openedAt: number;
  /** What it is looked through for; what was asked for last is the last. */
  readonly laidOut: Map<LayoutKind, LaidOut>;
  /** Bytes that are there. */
  size: number;
  /** When it grew for the last time; 0 once all of it is there. */
  grewAt: number;
}

interface LaidOut {
  readonly layout: RowLayout;
  reportedAt: number;
  /** It has been said that all of it has been looked through. */
  isReported: boolean;
}

/** The answer to a question about a body that takes work. */
interface OpenTask {
  readonly id: number;
  readonly body: OpenBody;
  readonly task: Task;
}

type Question = Extract<WorkerRequest, { type: 'rows' | 'find' | 'text' | 'node' | 'firstRows' }>;

/** What the thread does: looks through bodies as they grow, and answers questions about them in between. */
export class WorkerBodies {
  readonly #post: (answer: WorkerAnswer) => void;
  /** Milliseconds. */
  readonly #now: () => number;
  readonly #bodies = new Map<number, OpenBody>();
  readonly #tasks = new Map<number, OpenTask>();
  #isScheduled = false;
  #resting: ReturnType<typeof setTimeout> | undefined;

  constructor(post: (answer: WorkerAnswer) => void, now = (): number => performance.now()) {
    this.#post = post;
    this.#now = now;
  }

  receive(request: WorkerRequest): void {
    if ('id' in request && request.type !== 'cancel') this.#answer(request);
    else this.#change(request);
    const mayWait = request.type === 'grow' && !request.ended;
    if (!mayWait || this.#resting === undefined) this.#schedule();
  }

  #change(request: Exclude<WorkerRequest, Question>): void {
    switch (request.type) {
      case 'open':
        this.#open(request);
        return;
      case 'grow':
        this.#grow(request);
        return;
      case 'layOut':
        this.#layOut(request.body, request.layout);
        return;
      case 'cancel':
        this.#tasks.delete(request.id);
        return;
      case 'close':
        this.#close(request.body);
    }
  }

  #answer(request: Question): void {
    const body = this.#bodies.get(request.body);
    const { id } = request;
    if (!body) {
      this.#post({ type: 'failed', id, message: 'The body has been closed' });
      return;
    }
    switch (request.type) {
      case 'rows':
        this.#guard(id, () => {
          // Rows that were looked through already; what is asked for beyond them comes with a later question.
          const rows = body.reader.rows(request.layout, request.from, request.to);
          this.#post({ type: 'rows', id, rows });
        });
        return;
      case 'firstRows':
        this.#guard(id, () => {
          this.#post({ type: 'firstRows', id, rows: body.reader.firstRows(request.layout, request.lines) });
        });
        return;
      case 'node':
      case 'find':
      case 'text': {
        const task = taskFor(request, body.reader, { post: this.#post, now: this.#now });
        this.#tasks.set(id, { id, body, task });
        return;
      }
      default:
        assertNever(request);
    }
  }

  #open({ body, path, language, charset, forms }: Extract<WorkerRequest, { type: 'open' }>): void {
    const file = opened(path);
    // Whoever asks is told that there is no such body.
    if (!file) return;
    const reader = new BodyReader({ source: file, language, charset, forms });
    const facts = { id: body, reader, file, openedAt: this.#now() };
    this.#bodies.set(body, { ...facts, laidOut: new Map(), size: 0, grewAt: 0 });
  }

  #grow({ body: id, size, ended }: Extract<WorkerRequest, { type: 'grow' }>): void {
    const body = this.#bodies.get(id);
    if (!body) return;
    body.reader.grow(size, ended);
    body.size = size;
    body.grewAt = ended ? 0 : this.#now();
  }

  #layOut(id: number, layout: RowLayout): void {
    const body = this.#bodies.get(id);
    if (!body) return;
    body.laidOut.delete(kindOf(layout));
    body.laidOut.set(kindOf(layout), { layout, reportedAt: 0, isReported: false });
  }

  #close(id: number): void {
    const body = this.#bodies.get(id);
    this.#bodies.delete(id);
    for (const task of this.#tasks.values()) {
      if (task.body !== body) continue;
      this.#tasks.delete(task.id);
      this.#post({ type: 'failed', id: task.id, message: 'The body has been closed' });
    }
    body?.file.close();
  }

  #schedule(): void {
    clearTimeout(this.#resting);
    this.#resting = undefined;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (!this.#work()) return;
      const rest = this.#rest();
      if (rest > 0) this.#resting = setTimeout(() => this.#schedule(), rest);
      else this.#schedule();
    });
  }

  /** Milliseconds; 0 when somebody waits for an answer, or there is nothing more to receive. */
  #rest(): number {
    if (this.#tasks.size > 0) return 0;
    const since = this.#now() - COMING;
    const rests = [...this.#bodies.values()].map(({ grewAt, openedAt, size }) => {
      if (grewAt <= since) return 0;
      return size / (grewAt - openedAt) > POURING_SPEED ? LONG_REST : REST;
    });
    return Math.max(0, ...rests);
  }

  /** One slice of what there is to do. `false`: nothing is left. */
  #work(): boolean {
    const until = this.#now() + SLICE;
    let isLeft = false;
    for (const body of this.#bodies.values()) {
      for (const laidOut of [...body.laidOut.values()].reverse()) {
        if (this.#lookOn(body, laidOut, until)) isLeft = true;
      }
    }
    for (const { id, body, task } of this.#tasks.values()) {
      this.#guard(id, () => {
        const isBehind = this.#lookThrough(body.reader, task.layout, until);
        const step = isBehind && !task.isEager ? 'more' : run(task, until, this.#now);
        if (step === 'done') this.#tasks.delete(id);
        else if (step === 'more' || isBehind) isLeft = true;
      });
    }
    return isLeft;
  }

  /** A body whose file cannot be read any more is given up; the others are none the worse for it. */
  #lookOn(body: OpenBody, laidOut: LaidOut, until: number): boolean {
    try {
      const isLeft = this.#lookThrough(body.reader, laidOut.layout, until);
      this.#report(body, laidOut, isLeft);
      return isLeft;
    } catch {
      this.#close(body.id);
      return false;
    }
  }

  #lookThrough(reader: BodyReader, layout: RowLayout, until: number): boolean {
    let isLeft = true;
    while (isLeft && this.#now() < until) isLeft = reader.advance(layout);
    return isLeft;
  }

  #report({ id, reader }: OpenBody, laidOut: LaidOut, isLeft: boolean): void {
    const { layout } = laidOut;
    const now = this.#now();
    const progress = reader.progress(layout);
    if (isLeft ? now - laidOut.reportedAt < REPORT_INTERVAL : laidOut.isReported && progress.complete) return;
    laidOut.reportedAt = now;
    laidOut.isReported = progress.complete;
    this.#post({ type: 'progress', body: id, layout, progress, mistake: reader.mistake });
  }

  #guard(id: number, task: () => void): void {
    try {
      task();
    } catch (error) {
      this.#tasks.delete(id);
      this.#post({ type: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** `undefined`: the file is gone already, as it is when a send is cancelled just as its body becomes large. */
function opened(path: string): FileRange | undefined {
  try {
    return new FileRange(path);
  } catch {
    return undefined;
  }
}
