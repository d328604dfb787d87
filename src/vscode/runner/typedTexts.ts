import type { TypedEdit, TypedView } from '../../shared/typedView';

/** Requests whose texts are kept; who has typed in more has forgotten the first. */
const MOST_REQUESTS = 50;

const nothing: TypedView = { edit: undefined, message: '' };

/**
 * What was typed into the runner for each request, until it is written or sent, also while the runner is closed. In
 * memory, and nowhere else. Keys are those of `requestKey`.
 */
export class TypedTexts {
  /** The one that was typed in last is the last. */
  readonly #texts = new Map<string, TypedView>();

  /** `undefined`: nothing is kept. */
  of(request: string): TypedView | undefined {
    return this.#texts.get(request);
  }

  keepEdit(request: string, edit: TypedEdit | undefined): void {
    this.#keep(request, { edit });
  }

  keepMessage(request: string, message: string): void {
    this.#keep(request, { message });
  }

  /** The request has another name. */
  move(from: string, to: string): void {
    const typed = this.#texts.get(from);
    this.#texts.delete(from);
    if (typed) this.#texts.set(to, typed);
  }

  #keep(request: string, change: Partial<TypedView>): void {
    const typed = { ...nothing, ...this.#texts.get(request), ...change };
    this.#texts.delete(request);
    if (typed.edit || typed.message !== '') this.#texts.set(request, typed);
    for (const oldest of [...this.#texts.keys()].slice(0, -MOST_REQUESTS)) this.#texts.delete(oldest);
  }
}
