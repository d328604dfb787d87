import type { HostMessage, ViewMessage } from '../../shared/protocol';
import type { ErrorText } from '../platform/errorText';
import type { RunnerHandlers } from './runnerHandlers';

export type EditMessage = Extract<ViewMessage, { type: 'edit' | 'endEdit' | 'applyEdit' }>;

export interface EditConversationDeps {
  readonly post: (message: HostMessage) => void;
  readonly handlers: Pick<RunnerHandlers, 'readWritten' | 'applyEdit'>;
  /** What is said of a failure. */
  readonly errorText: (error: unknown) => ErrorText;
  /** Sends the request that is shown. */
  readonly send: () => void;
}

/** The host's side of editing in place. */
export class EditConversation {
  readonly #deps: EditConversationDeps;
  #isOpen = false;

  constructor(deps: EditConversationDeps) {
    this.#deps = deps;
  }

  /** The view shows the request as it is written, or is about to. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  async answer(message: EditMessage): Promise<void> {
    this.#isOpen = message.type !== 'endEdit';
    // Whoever was refused goes on in the file, and is not to be led back when it changes.
    if (message.type === 'edit' && !(await this.#answerEdit())) this.#isOpen = false;
    if (message.type === 'applyEdit') await this.#apply(message);
  }

  /** The file may have changed: whoever is editing learns of it. */
  async writtenChanged(): Promise<void> {
    if (this.#isOpen) await this.#answerEdit();
  }

  /** There is no view, or another one, which has not asked for anything. */
  stop(): void {
    this.#isOpen = false;
  }

  /** `false`: it was refused. */
  async #answerEdit(): Promise<boolean> {
    const { handlers, post } = this.#deps;
    try {
      post({ type: 'written', edit: await handlers.readWritten() });
      return true;
    } catch (error) {
      this.#refuse(error);
      return false;
    }
  }

  async #apply({ base, wanted, send: sends }: Extract<EditMessage, { type: 'applyEdit' }>): Promise<void> {
    const { handlers, post, send } = this.#deps;
    try {
      await handlers.applyEdit(base, wanted);
    } catch (error) {
      this.#refuse(error);
      return;
    }
    this.#isOpen = false;
    post({ type: 'editEnd', end: { kind: 'applied' } });
    if (sends) send();
  }

  #refuse(error: unknown): void {
    const { message, next } = this.#deps.errorText(error);
    this.#deps.post({ type: 'editEnd', end: { kind: 'refused', message: `${message} ${next}` } });
  }
}
