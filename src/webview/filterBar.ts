import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { FilterState } from './filterController';
import { fill, formatNumber } from './format';
import { icon } from './icons';
import { controls } from './styles/controls';
import { focusRing } from './styles/focusRing';
import { textField } from './styles/textField';
import { spinner } from './styles/spinner';

export interface FilterEvents {
  readonly type: (path: string) => void;
  readonly close: () => void;
}

/** The field for a path, and how much it finds or why it finds none. */
export class FilterBar extends LitElement {
  static override properties = {
    strings: { attribute: false },
    state: { attribute: false },
    events: { attribute: false },
  };

  declare strings: RunnerStrings;
  declare state: FilterState;
  declare events: FilterEvents;

  static override styles = [controls, textField, spinner, focusRing, filterBarStyles()];

  /** Puts the cursor behind what is in the field. */
  override focus(): void {
    void this.updateComplete.then(() => {
      const input = this.renderRoot.querySelector('input');
      input?.focus();
      input?.setSelectionRange(input.value.length, input.value.length);
    });
  }

  protected override render(): TemplateResult {
    const { strings, events, state } = this;
    const isWrong = state.result?.kind === 'problem';
    const isXml = state.language === 'xml';
    const label = isXml ? strings.filterXml : strings.filterJson;
    return html`<div class="filter" role="search" aria-label=${label} @keydown=${this.#onKeydown}>
      <input
        type="text"
        class="mono ${isWrong ? 'wrong' : ''}"
        spellcheck="false"
        autocomplete="off"
        placeholder=${isXml ? strings.filterXmlExample : strings.filterJsonExample}
        aria-label=${label}
        aria-invalid=${isWrong}
        aria-describedby="result"
        .value=${state.path}
        @input=${(event: Event) => events.type((event.target as HTMLInputElement).value)}
      />
      ${state.isBusy ? html`<span class="spinner"></span>` : nothing}
      <button class="tool" title=${strings.close} aria-label=${strings.close} @click=${() => events.close()}>
        ${icon('close')}
      </button>
      <p id="result" class="numbers ${isWrong ? 'miss' : 'quiet'}" aria-live="polite">${this.#result()}</p>
    </div>`;
  }

  #result(): string {
    const { strings, state } = this;
    if (state.isBusy) return strings.filtering;
    const isXml = state.language === 'xml';
    if (!state.result) return isXml ? `${strings.filterPrefixes} ${strings.filterHint}` : strings.filterHint;
    if (state.result.kind === 'problem') return state.result.message;
    const { count, shown } = state.result;
    const counts = { count: formatNumber(count), shown: formatNumber(shown) };
    const found = fill(shown < count ? strings.filterHitsCut : strings.filterHits, counts);
    // Names without the prefix that they need are the usual reason.
    return isXml && count === 0 ? `${found}. ${strings.filterPrefixes}` : found;
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    this.events.close();
    event.preventDefault();
  };
}

function filterBarStyles(): ReturnType<typeof css> {
  return css`
    .filter {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
      padding: 0 8px 4px 12px;
    }
    input {
      flex: 1;
      min-width: 120px;
    }
    /* In some sizes of some fonts a field cuts off underscores, which XPaths may begin with. */
    input.mono {
      font-size: 12px;
    }
    input.wrong {
      border-color: var(--vscode-inputValidation-errorBorder);
    }
    p {
      flex: 1 0 100%;
      margin: 0;
      min-height: 18px;
      overflow-wrap: anywhere;
    }
    .miss {
      color: var(--vscode-editorError-foreground);
    }
  `;
}
