import type { Disposable } from '../../core/disposable';
import type { OpenQuestions } from '../platform/openQuestions';

/** What a send is busy with. */
export interface Progress {
  /** It waits for the user's answer, and has sent nothing yet of what comes next. */
  readonly isAsking: boolean;
  /** In a few words, where it is more than sending once. */
  readonly note: string | undefined;
}

/** Follows a send: while a question is open, what is not on its way yet waits for the user and not for a server. */
export class SendProgress implements Disposable {
  readonly #questions: Pick<OpenQuestions, 'areOpen'>;
  readonly #tell: (progress: Progress) => void;
  readonly #subscription: Disposable;
  #note: string | undefined;
  #hasLeft = false;
  #wasAsking = false;

  constructor(questions: Pick<OpenQuestions, 'areOpen' | 'onDidChange'>, tell: (progress: Progress) => void) {
    this.#questions = questions;
    this.#tell = tell;
    this.#subscription = questions.onDidChange(() => this.#look());
  }

  /** The next request of the run, or the next row of one, is made ready. */
  prepare(): void {
    this.#hasLeft = false;
    this.#look();
  }

  /** The request is on its way to a server. */
  leave(): void {
    this.#hasLeft = true;
    this.#look();
  }

  note(note: string | undefined): void {
    this.#note = note;
    this.#tell({ isAsking: this.#wasAsking, note });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #look(): void {
    const isAsking = this.#questions.areOpen && !this.#hasLeft;
    if (isAsking === this.#wasAsking) return;
    this.#wasAsking = isAsking;
    this.#tell({ isAsking, note: this.#note });
  }
}
