import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { HistoryItem } from '../shared/historyView';
import type { RunnerStrings } from '../shared/runnerStrings';
import { fill, formatAgo, formatDuration, formatMoment, formatSize } from './format';
import { icon, type IconName } from './icons';
import { historyMenuStyles } from './historyMenuStyles';
import { controls } from './styles/controls';
import { focusRing } from './styles/focusRing';
import { takeFocus } from './takeFocus';

export interface HistoryEvents {
  /** The list is about to be looked at. */
  readonly load: () => void;
  readonly open: (id: string) => void;
  readonly compare: (id: string) => void;
}

/** The earlier sends of the request: a button, and a list in which arrows move, Enter shows, Escape closes. */
export class HistoryMenu extends LitElement {
  static override properties = {
    request: { attribute: false },
    items: { attribute: false },
    strings: { attribute: false },
    events: { attribute: false },
    open: { state: true },
  };

  /** Name of the request that the list is about. */
  declare request: string;
  /** `undefined` until they have come. */
  declare items: readonly HistoryItem[] | undefined;
  declare strings: RunnerStrings;
  declare events: HistoryEvents;
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
  }

  static override styles = [controls, focusRing, historyMenuStyles];

  readonly #onMousedown = (event: MouseEvent): void => {
    if (!event.composedPath().includes(this)) this.open = false;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('mousedown', this.#onMousedown, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('mousedown', this.#onMousedown, true);
  }

  protected override render(): TemplateResult {
    const { strings, open } = this;
    return html`<div @focusout=${this.#onFocusout} @keydown=${this.#onKeydown}>
      <button
        class="tool"
        title=${strings.historyHint}
        aria-label=${fill(strings.history, { name: this.request })}
        aria-haspopup="dialog"
        aria-expanded=${open}
        aria-controls=${open ? 'list' : nothing}
        @click=${() => this.#toggle()}
      >
        ${icon('history')}
      </button>
      ${open ? this.#list() : nothing}
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('request') && changed.get('request') !== undefined) this.open = false;
    // Whoever opened it by the keyboard goes on in it.
    if (this.open && (changed.has('items') || changed.has('open'))) takeFocus(this.#focusables()[0]);
  }

  #list(): TemplateResult {
    const { strings, items } = this;
    return html`<div id="list" class="list" role="dialog" aria-label=${fill(strings.history, { name: this.request })}>
      ${
        items === undefined
          ? html`<p class="quiet">${strings.historyLoading}</p>`
          : items.length === 0
            ? html`<p class="quiet">${strings.historyEmpty}</p>`
            : html`<ul>
                ${items.map((item) => this.#row(item))}
              </ul>`
      }
    </div>`;
  }

  #row(item: HistoryItem): TemplateResult {
    const { strings, events } = this;
    const now = Date.now();
    const { id, at, duration, size, environment, outcome, isShown } = item;
    const facts = [
      ...(duration === undefined ? [] : [formatDuration(duration)]),
      ...(size === undefined ? [] : [formatSize(size)]),
    ].join(' · ');
    return html`<li class=${isShown ? 'selected' : ''}>
      <button
        class="entry"
        title=${fill(strings.historyOpen, { time: formatMoment(at) })}
        aria-current=${isShown ? 'true' : nothing}
        @click=${() => this.#choose(() => isShown || events.open(id))}
      >
        <span class="outcome ${toneOf(item)}"
          >${icon(iconOf(item))}<b class="numbers">${outcomeText(item, strings)}</b></span
        >
        <span class="when">${formatAgo(at, now)}</span>
        <span class="environment quiet">${environment ?? ''}</span>
        <span class="facts quiet numbers">${facts}</span>
      </button>
      ${
        outcome.kind === 'response' && !isShown
          ? html`<button
              class="tool"
              title=${strings.historyCompare}
              aria-label="${strings.historyCompare}: ${formatMoment(at)}"
              @click=${() => this.#choose(() => events.compare(id))}
            >
              ${icon('diff')}
            </button>`
          : nothing
      }
    </li>`;
  }

  #toggle(): void {
    this.open = !this.open;
    if (this.open) this.events.load();
  }

  #choose(act: () => void): void {
    this.#close();
    act();
  }

  #close(): void {
    this.open = false;
    this.renderRoot.querySelector<HTMLElement>('button')?.focus();
  }

  readonly #onFocusout = (event: FocusEvent): void => {
    const { currentTarget, relatedTarget } = event;
    // Without a target the focus is lost because what had it is drawn anew, or the window has lost it.
    if (relatedTarget && !(currentTarget as HTMLElement).contains(relatedTarget as Node)) this.open = false;
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (!this.open || event.altKey || event.ctrlKey || event.metaKey) return;
    const stops = this.#focusables();
    const at = stops.indexOf(this.shadowRoot?.activeElement as HTMLElement);
    const column = at < 0 ? '' : (stops[at]?.className ?? '');
    const inColumn = stops.filter((stop) => stop.className === column);
    const row = stops[at] ? inColumn.indexOf(stops[at]) : -1;
    const moves: Readonly<Record<string, () => void>> = {
      Escape: () => this.#close(),
      ArrowDown: () => (inColumn[row + 1] ?? stops[0])?.focus(),
      ArrowUp: () => (inColumn[row - 1] ?? stops[0])?.focus(),
      ArrowRight: () => (stops[at]?.className === 'entry' ? stops[at + 1]?.focus() : undefined),
      ArrowLeft: () => (stops[at]?.className === 'tool' ? stops[at - 1]?.focus() : undefined),
      Home: () => stops[0]?.focus(),
      End: () =>
        stops
          .filter(({ className }) => className === 'entry')
          .at(-1)
          ?.focus(),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    move();
  };

  #focusables(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('li button')];
  }
}

type Tone = 'good' | 'bad' | 'still';

function toneOf({ outcome }: HistoryItem): Tone {
  if (outcome.kind === 'cancelled') return 'still';
  return outcome.kind === 'response' && outcome.ok ? 'good' : 'bad';
}

function iconOf({ outcome }: HistoryItem): IconName {
  if (outcome.kind === 'cancelled') return 'circleSlash';
  return outcome.kind === 'response' && outcome.ok ? 'check' : 'error';
}

function outcomeText({ outcome }: HistoryItem, strings: RunnerStrings): string {
  if (outcome.kind === 'response') return String(outcome.status);
  return outcome.kind === 'failure' ? strings.historyFailed : strings.historyCancelled;
}
