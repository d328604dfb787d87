import { assertNever } from '../../core/assertNever';
import type { Log } from '../../core/ports';
import { isInspectorViewMessage } from '../../shared/inspectorGuards';
import type { InspectorModel } from '../../shared/inspectorModel';
import {
  INSPECTOR_PROTOCOL_VERSION,
  type InspectorHostMessage,
  type InspectorViewMessage,
} from '../../shared/inspectorProtocol';
import type { InspectorStrings } from '../../shared/inspectorStrings';
import type { InspectorHandlers } from './inspectorHandlers';

export interface InspectorConversationDeps {
  readonly post: (message: InspectorHostMessage) => void;
  readonly strings: InspectorStrings;
  readonly handlers: InspectorHandlers;
  readonly log: Log;
}

/**
 * The host's side of the token inspector: keeps what is shown, and passes on what people ask for. Nothing that the view
 * says is believed: unknown messages are logged and dropped.
 */
export class InspectorConversation {
  readonly #deps: InspectorConversationDeps;
  #model: InspectorModel | undefined;
  #state: 'away' | 'listening' | 'greeted' = 'away';

  constructor(deps: InspectorConversationDeps) {
    this.#deps = deps;
  }

  show(model: InspectorModel): void {
    this.#model = model;
    this.#postModel();
  }

  /** Says something to screen readers. */
  announce(text: string): void {
    if (this.#state === 'greeted') this.#deps.post({ type: 'announce', text });
  }

  /** The view is gone or hidden, and drops messages; it says `ready` when it is back. */
  viewGone(): void {
    this.#state = 'away';
    this.#deps.handlers.hidden();
  }

  receive(message: unknown): void {
    if (isInspectorViewMessage(message)) this.#handle(message);
    else this.#deps.log.warn('The token inspector sent a message that is not understood; it was ignored.');
  }

  #handle(message: InspectorViewMessage): void {
    const { handlers, log } = this.#deps;
    switch (message.type) {
      case 'ready':
        if (message.version !== INSPECTOR_PROTOCOL_VERSION) {
          log.warn(`The token inspector’s view speaks version ${message.version} of the protocol.`);
        }
        this.#state = 'listening';
        this.#postModel();
        break;
      case 'action':
        handlers.act(message.action);
        break;
      case 'problem':
        log.error(`The token inspector’s view reports: ${message.message}`);
        break;
      default:
        assertNever(message);
    }
  }

  #postModel(): void {
    const model = this.#model;
    if (!model || this.#state === 'away') return;
    const { post, strings } = this.#deps;
    if (this.#state === 'greeted') post({ type: 'update', model });
    else post({ type: 'snapshot', version: INSPECTOR_PROTOCOL_VERSION, strings, model });
    this.#state = 'greeted';
  }
}
