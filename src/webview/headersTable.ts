import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { HeaderView } from '../shared/viewModel';
import { fill } from './format';
import { icon } from './icons';
import { headersPaneStyles } from './panes/headersStyles';
import { controls } from './styles/controls';
import { focusRing } from './styles/focusRing';
import { textField } from './styles/textField';

/** Fewer than this are seen at a glance. */
const WORTH_FILTERING = 5;

export interface HeadersEvents {
  readonly copyAll: () => void;
  readonly copyOne: (index: number) => void;
}

/** Headers as they came, to be filtered, and copied one by one or all together. */
export class HeadersTable extends LitElement {
  static override properties = {
    headers: { attribute: false },
    strings: { attribute: false },
    events: { attribute: false },
    filter: { state: true },
  };

  declare headers: readonly HeaderView[];
  declare strings: RunnerStrings;
  declare events: HeadersEvents;
  declare filter: string;

  static override styles = [controls, textField, headersPaneStyles, focusRing, tableStyles()];

  constructor() {
    super();
    this.filter = '';
  }

  protected override willUpdate(): void {
    // What was typed for another response, where there is no field now, would leave out headers for good.
    if (!this.#hasFilter) this.filter = '';
  }

  protected override render(): TemplateResult {
    const { strings, headers, events } = this;
    const wanted = this.filter.toLowerCase();
    const shown = headers
      .map((header, index) => ({ ...header, index }))
      .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value.toLowerCase().includes(wanted));
    return html`<div class="bar">
        ${this.#hasFilter ? this.#input() : html`<span class="grow"></span>`}
        <button class="tool" title=${strings.copyHeaders} aria-label=${strings.copyHeaders} @click=${events.copyAll}>
          ${icon('copy')}
        </button>
      </div>
      <div class="scroll ring-inside" tabindex="0" role="region" aria-label=${strings.headers}>
        ${shown.length === 0 ? html`<p class="quiet none">${strings.noHeadersMatch}</p>` : nothing}
        <table class="headers" ?hidden=${shown.length === 0}>
          <thead class="hidden-text">
            <tr>
              <th scope="col">${strings.headerName}</th>
              <th scope="col">${strings.headerValue}</th>
              <th scope="col">${strings.copyHeaders}</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map(({ name, value, index }) => this.#row(name, value, index))}
          </tbody>
        </table>
      </div>`;
  }

  get #hasFilter(): boolean {
    return this.headers.length >= WORTH_FILTERING;
  }

  #input(): TemplateResult {
    const { strings } = this;
    return html`<input
      type="text"
      spellcheck="false"
      placeholder=${strings.filterHeaders}
      aria-label=${strings.filterHeaders}
      .value=${this.filter}
      @input=${(event: Event) => (this.filter = (event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape') this.filter = '';
      }}
    />`;
  }

  #row(name: string, value: string, index: number): TemplateResult {
    const label = fill(this.strings.copyHeader, { name });
    return html`<tr>
      <th scope="row" class="mono">${name}</th>
      <td class="mono">${value}</td>
      <td class="copy">
        <button class="tool" title=${label} aria-label=${label} @click=${() => this.events.copyOne(index)}>
          ${icon('copy')}
        </button>
      </td>
    </tr>`;
  }
}

function tableStyles(): ReturnType<typeof css> {
  return css`
    :host {
      flex: 1;
      min-height: 0;
      display: flex;
      flex-direction: column;
    }
    .bar {
      flex: none;
      display: flex;
      align-items: center;
      gap: 4px;
      min-height: 32px;
      padding: 4px 8px 4px 12px;
    }
    .grow {
      flex: 1;
    }
    input {
      flex: 1;
      min-width: 0;
      max-width: 320px;
      margin-right: auto;
    }
    .scroll {
      flex: 1;
      min-height: 0;
      overflow: auto;
    }
    .none {
      margin: 0;
      padding: 8px 12px;
    }
    .headers .copy {
      width: 1%;
      padding: 0 8px 0 0;
    }
    .copy .tool {
      opacity: 0;
    }
    @media (max-width: 440px) {
      .headers tr {
        position: relative;
      }
      .headers .copy {
        position: absolute;
        top: 0;
        right: 0;
        border-bottom: 0;
      }
    }
    tr:hover .tool,
    .copy .tool:focus-visible {
      opacity: 1;
    }
  `;
}
