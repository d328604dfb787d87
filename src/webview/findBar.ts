import { css, html, LitElement, type TemplateResult } from 'lit';
import type { RunnerStrings } from '../shared/runnerStrings';
import { fill, formatNumber } from './format';
import { icon } from './icons';
import { controls } from './styles/controls';
import { focusRing } from './styles/focusRing';
import { textField } from './styles/textField';

export interface FindState {
  readonly text: string;
  /** Whether it has been answered, perhaps only for the beginning of the body. */
  readonly isAnswered: boolean;
  /** It could not be looked for. */
  readonly isFailed: boolean;
  /** From 0; -1 while there is none. */
  readonly index: number;
  readonly count: number;
  /** There are more matches than were counted, or may be: not all of it has been looked through. */
  readonly more: boolean;
}

export interface FindEvents {
  readonly search: (text: string) => void;
  readonly step: (by: 1 | -1) => void;
  readonly close: () => void;
}

/** The find bar of a body, with VS Code's own keys: Enter, Shift+Enter, Escape. */
export class FindBar extends LitElement {
  static override properties = {
    strings: { attribute: false },
    state: { attribute: false },
    events: { attribute: false },
  };

  declare strings: RunnerStrings;
  declare state: FindState;
  declare events: FindEvents;

  static override styles = [controls, textField, focusRing, findBarStyles()];

  /** Puts the cursor into the field, with what is there selected. */
  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector('input')?.select());
  }

  protected override render(): TemplateResult {
    const { strings, events } = this;
    return html`<div class="find" role="search" @keydown=${this.#onKeydown}>
      <input
        type="text"
        spellcheck="false"
        placeholder=${strings.findPlaceholder}
        aria-label=${strings.findPlaceholder}
        .value=${this.state.text}
        @input=${(event: Event) => events.search((event.target as HTMLInputElement).value)}
      />
      <span class="result numbers ${this.#isMiss() ? 'miss' : ''}" aria-live="polite">${this.#result()}</span>
      ${this.#button(strings.findPrevious, 'arrowUp', () => events.step(-1))}
      ${this.#button(strings.findNext, 'arrowDown', () => events.step(1))}
      ${this.#button(strings.close, 'close', () => events.close())}
    </div>`;
  }

  #button(label: string, name: 'arrowUp' | 'arrowDown' | 'close', onClick: () => void): TemplateResult {
    return html`<button class="tool" title=${label} aria-label=${label} @click=${onClick}>${icon(name)}</button>`;
  }

  #isMiss(): boolean {
    const { text, isAnswered, count, more } = this.state;
    return text !== '' && isAnswered && count === 0 && !more;
  }

  #result(): string {
    const { text, isFailed, index, count, more } = this.state;
    if (text === '') return '';
    if (isFailed) return this.strings.findFailed;
    if (count === 0) return this.#isMiss() ? this.strings.findNone : '';
    return fill(this.strings.findCount, {
      index: formatNumber(index + 1),
      count: `${formatNumber(count)}${more ? '+' : ''}`,
    });
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') this.events.close();
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.ctrlKey && !event.metaKey) {
      this.events.step(event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
  };
}

function findBarStyles(): ReturnType<typeof css> {
  return css`
    .find {
      display: flex;
      align-items: center;
      gap: 4px;
      padding: 0 8px 4px 12px;
    }
    input {
      flex: 1;
      min-width: 0;
      max-width: 320px;
    }
    .result {
      flex: none;
      min-width: 64px;
      padding: 0 4px;
    }
    .miss {
      color: var(--vscode-editorError-foreground);
    }
  `;
}
