import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { isInspectorHostMessage } from '../../shared/inspectorGuards';
import type { InspectorModel } from '../../shared/inspectorModel';
import {
  INSPECTOR_PROTOCOL_VERSION,
  type InspectorAction,
  type InspectorHostMessage,
  type InspectorViewMessage,
} from '../../shared/inspectorProtocol';
import type { InspectorStrings } from '../../shared/inspectorStrings';
import { controls } from '../styles/controls';
import { acquireViewHost } from '../viewHost';

/** The page of the token inspector: talks to the host, draws nothing itself. */
export class InspectorApp extends LitElement {
  static override properties = { model: { state: true }, strings: { state: true }, announcement: { state: true } };

  declare model: InspectorModel | undefined;
  declare strings: InspectorStrings | undefined;
  declare announcement: string;

  static override styles = [
    controls,
    css`
      :host {
        display: block;
        height: 100vh;
        overflow: hidden;
        color: var(--vscode-foreground);
        background: var(--vscode-editor-background);
        font-family: var(--vscode-font-family);
        font-size: var(--vscode-font-size, 13px);
        line-height: 18px;
      }
      main {
        height: 100%;
      }
    `,
  ];

  readonly #host = acquireViewHost<InspectorHostMessage, InspectorViewMessage>(isInspectorHostMessage);

  constructor() {
    super();
    this.announcement = '';
    this.#host.listen((message) => this.#receive(message));
  }

  protected override firstUpdated(): void {
    this.#host.post({ type: 'ready', version: INSPECTOR_PROTOCOL_VERSION });
  }

  protected override render(): TemplateResult {
    const { model, strings } = this;
    return html`${
        model && strings
          ? html`<main>
              <latchkey-token-inspector
                .model=${model}
                .strings=${strings}
                .act=${(action: InspectorAction) => this.#host.post({ type: 'action', action })}
              ></latchkey-token-inspector>
            </main>`
          : nothing
      }
      <div class="hidden-text" role="status" aria-live="polite">${this.announcement}</div>`;
  }

  #receive(message: InspectorHostMessage): void {
    switch (message.type) {
      case 'snapshot':
        this.strings = message.strings;
        this.#show(message.model);
        break;
      case 'update':
        this.#show(message.model);
        break;
      case 'announce':
        // The same words again would not be read again.
        this.announcement = message.text === this.announcement ? `${message.text}\u00a0` : message.text;
        break;
    }
  }

  #show(model: InspectorModel): void {
    this.model = model;
    this.#host.setState({ resume: model.resume });
  }
}
