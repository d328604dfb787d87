import type { BodyMatch, RowLayout } from '../../core/response/bodyView';
import type { BodyReader } from '../../core/response/rows/bodyReader';
import type { WorkerAnswer, WorkerRequest } from './messages';

/** Milliseconds between two words about what has been found so far. */
const FOUND_INTERVAL = 250;

/** What a task says after a step: whether there is another one, at once or when more of the body is known. */
export type Step = 'done' | 'more' | 'later';

/** An answer that takes work, which is done between other questions until it says that it is done. */
export interface Task {
  readonly layout: RowLayout;
  /** Begins before all that is there has been looked through. */
  readonly isEager: boolean;
  readonly step: () => Step;
}

export interface TaskTools {
  readonly post: (answer: WorkerAnswer) => void;
  /** Milliseconds. */
  readonly now: () => number;
}

type Asked = Extract<WorkerRequest, { type: 'find' | 'node' | 'text' }>;

/** The work that a question takes. */
export function taskFor(question: Asked, reader: BodyReader, tools: TaskTools): Task {
  switch (question.type) {
    case 'find':
      return findTask(question, reader, tools);
    case 'node':
      return nodeTask(question, reader, tools);
    case 'text':
      return textTask(question, reader, tools);
  }
}

/** Takes steps until there is none for now, or the time is over; one at least. */
export function run(task: Task, until: number, now: () => number): Step {
  for (;;) {
    const step = task.step();
    if (step !== 'more' || now() >= until) return step;
  }
}

function findTask(
  { id, layout, text, limit }: Extract<Asked, { type: 'find' }>,
  reader: BodyReader,
  { post, now }: TaskTools,
): Task {
  const search = reader.find(layout, text);
  const matches: BodyMatch[] = [];
  let told = 0;
  let toldAt = now();
  const step = (): Step => {
    const next = search.next();
    if (next.done !== true) matches.push(...(next.value ?? []));
    if (next.done === true || matches.length > limit) {
      const found = { matches: matches.slice(0, limit), more: matches.length > limit };
      post({ type: 'found', id, ...found, looksOn: false });
      return 'done';
    }
    if (matches.length > told && now() - toldAt >= FOUND_INTERVAL) {
      told = matches.length;
      toldAt = now();
      post({ type: 'found', id, matches, more: true, looksOn: true });
    }
    return next.value ? 'more' : 'later';
  };
  return { layout, isEager: true, step };
}

function nodeTask(
  { id, layout, row }: Extract<Asked, { type: 'node' }>,
  reader: BodyReader,
  { post }: TaskTools,
): Task {
  const search = reader.nodeAt(layout, row);
  const step = (): Step => {
    const next = search.next();
    if (next.done !== true) return 'more';
    post({ type: 'node', id, node: next.value });
    return 'done';
  };
  return { layout, isEager: false, step };
}

function textTask(
  { id, form, limit }: Extract<Asked, { type: 'text' }>,
  reader: BodyReader,
  { post }: TaskTools,
): Task {
  const pieces = reader.text(form);
  let text = '';
  const step = (): Step => {
    const next = pieces.next();
    if (next.done !== true) text += next.value;
    if (next.done !== true && text.length < limit) return 'more';
    post({ type: 'text', id, text: text.slice(0, limit) });
    return 'done';
  };
  return { layout: { form, width: 0 }, isEager: false, step };
}
