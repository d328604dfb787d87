import { parseHttpUrl } from '../core/http/httpUrl';
import { isLoopbackHost } from '../core/http/loopback';
import type { HttpTransport, TransportObserver, WireRequest, WireResponse } from '../core/ports';
import type { EditorTransport } from './editorTransport';

export interface TransportChoice {
  readonly own: HttpTransport;
  /** Whether requests go by VS Code's own network, asked for each. */
  readonly isEditorChosen: () => boolean;
  readonly userAgent: string;
}

/**
 * Sends by our own transport, or by VS Code's network where the user wants that. WebSockets, which VS Code's cannot
 * open, and this machine, to which no proxy leads, are always ours.
 */
export class ChosenTransport implements HttpTransport {
  readonly #choice: TransportChoice;
  #editor: Promise<EditorTransport> | undefined;

  constructor(choice: TransportChoice) {
    this.#choice = choice;
  }

  async send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<WireResponse> {
    const { own, isEditorChosen } = this.#choice;
    if (request.upgrade || !isEditorChosen() || isLoopbackHost(parseHttpUrl(request.url).hostname)) {
      return own.send(request, signal, observer);
    }
    this.#editor ??= this.#load();
    return (await this.#editor).send(request, signal, observer);
  }

  async #load(): Promise<EditorTransport> {
    const { EditorTransport: Transport } = await import('./editorTransport');
    return new Transport(this.#choice.userAgent);
  }
}
