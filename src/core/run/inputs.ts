import { abortError } from '../errors';
import type { InputEntry } from '../request/flow';
import { nearest } from '../request/nearest';
import type { Supplied } from '../request/resolve/supplies';
import { shorten } from '../request/shorten';
import { Secret, type Sensitive } from '../secret';
import type { Site } from './site';

/** Asks for the value of an input. `undefined`: the user gave up. */
export interface InputPrompt {
  ask(question: InputQuestion, signal: AbortSignal): Promise<string | undefined>;
}

export interface InputQuestion {
  readonly input: InputEntry;
  /** Of the request that needs it. */
  readonly request: string;
}

/** An input with the file that describes it. */
export interface PlacedInput {
  readonly input: InputEntry;
  readonly key: string;
}

/** What the request file says of an input, else what the project says. */
export function findInput({ place }: Pick<Site, 'place'>, name: string): PlacedInput | undefined {
  const own = place.file.inputs.get(name);
  if (own) return { input: own, key: `${place.uri}#${name}` };
  const shared = place.project?.inputs.get(name);
  return shared && { input: shared, key: `${place.projectUri ?? place.folder}#${name}` };
}

/** Why an input has no value. */
export function unknownInput({ place }: Pick<Site, 'place'>, name: string): Supplied & { readonly state: 'missing' } {
  const known = [...place.file.inputs.keys(), ...(place.project?.inputs.keys() ?? [])];
  const close = nearest(name, known);
  if (close === undefined) return { state: 'missing', code: 'run.unknownInputHere', data: { name: shorten(name) } };
  return { state: 'missing', code: 'run.unknownInput', data: { name: shorten(name), nearest: close } };
}

/** Answers that count for longer than a send: until the window is closed. */
export class InputMemory {
  readonly #answers = new Map<string, Sensitive>();

  get(key: string): Sensitive | undefined {
    return this.#answers.get(key);
  }

  set(key: string, answer: Sensitive): void {
    this.#answers.set(key, answer);
  }
}

/** The answers of one run: what is asked once counts for all of its requests. */
export class InputAnswers {
  readonly #prompt: InputPrompt;
  readonly #memory: InputMemory;
  readonly #answers = new Map<string, Sensitive>();

  constructor(prompt: InputPrompt, memory: InputMemory) {
    this.#prompt = prompt;
    this.#memory = memory;
  }

  /** @throws AbortError when the user gives up. */
  async obtain({ input, key }: PlacedInput, request: string, signal: AbortSignal): Promise<Sensitive> {
    const known = this.#answers.get(key) ?? (input.remember === 'session' ? this.#memory.get(key) : undefined);
    if (known !== undefined) return known;
    signal.throwIfAborted();
    const entered = await this.#prompt.ask({ input, request }, signal);
    if (entered === undefined) throw abortError();
    const answer = input.password && entered !== '' ? new Secret(entered) : entered;
    this.#answers.set(key, answer);
    if (input.remember === 'session') this.#memory.set(key, answer);
    return answer;
  }
}
