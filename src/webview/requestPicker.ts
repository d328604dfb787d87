import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { icon } from './icons';
import { methodBadge, methodStyles } from './methodBadge';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { LastEnd, RequestListItem } from '../shared/viewModel';
import { controls, hiddenText } from './styles/controls';
import { focusRing } from './styles/focusRing';
import { menuLook } from './styles/menuLook';

/** Chooses a request of the file: a select-only combobox (ARIA Authoring Practices) that also shows methods. */
export class RequestPicker extends LitElement {
  static override properties = {
    requests: { attribute: false },
    selected: { attribute: false },
    strings: { attribute: false },
    choose: { attribute: false },
    open: { state: true },
    active: { state: true },
  };

  declare requests: readonly RequestListItem[];
  declare selected: string | undefined;
  declare strings: RunnerStrings;
  declare choose: (name: string) => void;
  declare open: boolean;
  /** Index of the option that the keyboard is on. */
  declare active: number;
  #typed = '';
  #typedAt = 0;

  constructor() {
    super();
    this.open = false;
    this.active = 0;
  }

  static override styles = [hiddenText, controls, methodStyles, focusRing, pickerStyles()];

  protected override render(): TemplateResult {
    return html`<button
        class="picker"
        role="combobox"
        aria-haspopup="listbox"
        aria-expanded=${this.open}
        aria-controls="list"
        aria-label=${this.strings.chooseRequest}
        aria-activedescendant=${this.open ? `option-${this.active}` : nothing}
        @click=${() => this.#toggle()}
        @keydown=${this.#onKeydown}
        @blur=${() => (this.open = false)}
      >
        <span class="name">${this.selected ?? this.strings.chooseRequest}</span>${icon('chevronDown')}
      </button>
      <div id="list" class="list" role="listbox" aria-label=${this.strings.request} ?hidden=${!this.open}>
        ${this.open ? this.requests.map((request, index) => this.#option(request, index)) : nothing}
      </div>`;
  }

  protected override updated(): void {
    if (this.open) this.renderRoot.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
  }

  #option(request: RequestListItem, index: number): TemplateResult {
    const isSelected = request.name === this.selected;
    return html`<div
      id="option-${index}"
      role="option"
      class="option ${index === this.active ? 'active' : ''}"
      aria-selected=${isSelected}
      @mousedown=${(event: Event) => event.preventDefault()}
      @mousemove=${() => (this.active = index)}
      @click=${() => this.#take(index)}
    >
      <span class="method-cell">${methodBadge(request.method)}</span><span class="name">${request.name}</span>
      ${request.last ? lastEnd(request.last, this.strings) : nothing}
    </div>`;
  }

  #toggle(): void {
    if (this.open) this.open = false;
    else this.#show();
  }

  #show(): void {
    this.active = Math.max(
      0,
      this.requests.findIndex(({ name }) => name === this.selected),
    );
    this.open = true;
  }

  #take(index: number): void {
    this.open = false;
    const request = this.requests[index];
    if (request && request.name !== this.selected) this.choose(request.name);
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) return;
    if (this.open) this.#onOpenKeydown(event);
    else this.#onClosedKeydown(event);
  };

  #onOpenKeydown(event: KeyboardEvent): void {
    const last = this.requests.length - 1;
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => (this.active = Math.min(last, this.active + 1)),
      ArrowUp: () => (event.altKey ? this.#take(this.active) : (this.active = Math.max(0, this.active - 1))),
      Home: () => (this.active = 0),
      End: () => (this.active = last),
      Enter: () => this.#take(this.active),
      ' ': () => this.#take(this.active),
      Escape: () => (this.open = false),
    };
    const move = moves[event.key] ?? (event.key.length === 1 ? () => this.#typeAhead(event.key) : undefined);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  }

  #onClosedKeydown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    this.#show();
  }

  /** Typing letters goes to the request whose name begins with them. */
  #typeAhead(key: string): void {
    const now = Date.now();
    this.#typed = now - this.#typedAt < 700 ? this.#typed + key : key;
    this.#typedAt = now;
    const typed = this.#typed.toLowerCase();
    const found = this.requests.findIndex(({ name }) => name.toLowerCase().startsWith(typed));
    if (found !== -1) this.active = found;
  }
}

/** A status alone does not tell that an expectation did not hold, nor does a color tell everybody. */
function lastEnd({ ok, text }: LastEnd, { historyFailed: failed }: RunnerStrings): TemplateResult {
  return html`<span class="end ${ok ? 'good' : 'bad'}"
    >${icon(ok ? 'check' : 'error')}<span>${text}</span>${
      ok || text === failed ? nothing : html`<span class="hidden-text">, ${failed}</span>`
    }</span
  >`;
}

function pickerStyles(): ReturnType<typeof css> {
  return css`
    :host {
      position: relative;
      display: block;
      min-width: 0;
      margin-left: -8px;
    }
    .picker {
      display: flex;
      align-items: center;
      gap: 4px;
      max-width: 100%;
      height: 24px;
      padding: 0 4px 0 8px;
      font-weight: 600;
      color: var(--vscode-foreground);
      background: none;
      border: 1px solid transparent;
      border-radius: 4px;
    }
    .picker:hover,
    .picker[aria-expanded='true'] {
      background: var(--vscode-toolbar-hoverBackground);
      outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    }
    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .list {
      position: absolute;
      z-index: 2;
      top: 28px;
      left: 0;
      width: max-content;
      min-width: 220px;
      max-width: min(420px, calc(100vw - 16px));
      max-height: 320px;
      overflow: auto;
      padding: 4px;
      ${menuLook}
    }
    .option {
      display: flex;
      align-items: center;
      gap: 8px;
      height: 24px;
      padding: 0 8px;
      border-radius: 4px;
      cursor: pointer;
    }
    .option .name {
      flex: 1;
    }
    .option.active {
      color: var(--vscode-menu-selectionForeground, var(--vscode-foreground));
      background: var(--vscode-menu-selectionBackground, var(--vscode-list-hoverBackground));
      outline: 1px solid var(--vscode-menu-selectionBorder, transparent);
      outline-offset: -1px;
    }
    .option.active .method {
      color: inherit;
    }
    .option[aria-selected='true'] .name {
      font-weight: 600;
    }
    .method-cell {
      flex: none;
      width: 56px;
    }
    .end {
      flex: none;
      display: inline-flex;
      align-items: center;
      gap: 4px;
      font-variant-numeric: tabular-nums;
    }
    .end.good .icon {
      color: var(--vscode-charts-green);
    }
    .end.bad .icon {
      color: var(--vscode-editorError-foreground);
    }
    .option.active .end .icon {
      color: inherit;
    }
  `;
}
