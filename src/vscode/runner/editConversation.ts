import type { HostMessage, ViewMessage } from '../../shared/protocol';
import type { ErrorText } from '../platform/errorText';
import type { RunnerHandlers } from './runnerHandlers';

export type EditMessage = Extract<ViewMessage, { type: 'edit' | 'endEdit' | 'applyEdit' }>;

export interface EditConversationDeps {
  readonly post: (message: HostMessage) => void;
  readonly handlers: Pick<RunnerHandlers, 'readWritten' | 'applyEdit'>;
  /** What is said of a failure. */
  readonly errorText: (error: unknown) => ErrorText;
  /** Names the request that is shown: `shownRequest`. */
  readonly shown: () => string | undefined;
  /** What was typed for a request is in its file now. */
  readonly wasWritten: (request: string) => void;
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

  /** The view shows what was typed before, and learns whether the file still is what it was then. */
  async resume(): Promise<void> {
    this.#isOpen = true;
    await this.#answerEdit();
  }

  /** There is no view, or another one or another request in it, which has not asked for anything. */
  stop(): void {
    this.#isOpen = false;
  }

  /** `false`: it was refused. */
  async #answerEdit(): Promise<boolean> {
    const { handlers, post, shown } = this.#deps;
    const request = shown();
    try {
      const edit = await handlers.readWritten();
      // Another request has come meanwhile, whose fields these are not.
      if (shown() === request) post({ type: 'written', edit });
      return true;
    } catch (error) {
      this.#refuse(error);
      return false;
    }
  }

  async #apply({ base, wanted, send: sends }: Extract<EditMessage, { type: 'applyEdit' }>): Promise<void> {
    const { handlers, post, send, shown, wasWritten } = this.#deps;
    const request = shown();
    try {
      await handlers.applyEdit(base, wanted);
    } catch (error) {
      this.#refuse(error);
      return;
    }
    this.#isOpen = false;
    if (request !== undefined) wasWritten(request);
    post({ type: 'editEnd', end: { kind: 'applied' } });
    if (sends) send();
  }

  #refuse(error: unknown): void {
    const { message, next } = this.#deps.errorText(error);
    this.#deps.post({ type: 'editEnd', end: { kind: 'refused', message: `${message} ${next}` } });
  }
}
