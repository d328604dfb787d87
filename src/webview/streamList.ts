import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { StreamRow, StreamView } from '../shared/viewModel';
import { fill, formatDuration, formatNumber, formatSize } from './format';
import { icon } from './icons';
import { SEND_KEY } from './requestLine';
import type { StreamStore } from './streamStore';
import { streamListStyles } from './streamListStyles';
import { controls } from './styles/controls';
import { focusRing } from './styles/focusRing';
import { takeFocus } from './takeFocus';

export interface StreamListEvents {
  /** An event was opened for the first time: all of it is wanted. */
  readonly open: (index: number) => void;
  readonly send: (text: string) => void;
  /** This stands in the message box by now. */
  readonly keep: (text: string) => void;
}

/** So close to the end counts as at the end. Pixels. */
const AT_END = 8;

/** The events of a stream as they come: follows the end, unless somebody has scrolled away from it. */
export class StreamList extends LitElement {
  static override properties = {
    strings: { attribute: false },
    stream: { attribute: false },
    store: { attribute: false },
    revision: { attribute: false },
    events: { attribute: false },
    opened: { state: true },
    focused: { state: true },
    following: { state: true },
  };

  declare strings: RunnerStrings;
  declare stream: StreamView;
  declare store: StreamStore;
  /** Changes with the store. */
  declare revision: number;
  declare events: StreamListEvents;
  declare opened: ReadonlySet<number>;
  /** Index of the row that the keyboard is at; one tab stop for all of them. */
  declare focused: number | undefined;
  declare following: boolean;
  /** Whether there is a box for messages: while they can be sent, and as long as one that was typed would be lost. */
  #hasBox = false;
  /** What had the focus before it was drawn. */
  #had: Element | null = null;

  static override styles = [controls, focusRing, streamListStyles];

  constructor() {
    super();
    this.opened = new Set();
    this.focused = undefined;
    this.following = true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#had = this.shadowRoot?.activeElement ?? null;
    if (this.stream.canSend || this.store.typed !== '') this.#hasBox = true;
    else if (changed.has('stream')) this.#hasBox = false;
    const before = changed.get('stream');
    if (!before || before.streamId === this.stream.streamId) return;
    this.opened = new Set();
    this.focused = undefined;
    this.following = true;
  }

  protected override updated(): void {
    const list = this.#list;
    if (this.following && list) list.scrollTop = list.scrollHeight;
    // A row that is not kept any more, the box of a socket that is closed, a button that has done its work.
    const isLost = this.#had !== null && !this.#had.isConnected && !this.shadowRoot?.activeElement;
    if (isLost) takeFocus(this.renderRoot.querySelector<HTMLElement>('.row[tabindex="0"]'), { preventScroll: true });
  }

  protected override render(): TemplateResult {
    const { strings, store, stream } = this;
    return html`${this.#bar()}
      <div class="list ring-inside" @scroll=${this.#onScroll}>
        ${
          store.rows.length === 0
            ? html`<p class="quiet none">${this.#emptyText()}</p>`
            : html`<ul aria-label=${strings[labelOf(stream.kind)]} @keydown=${this.#onKeydown}>
                ${repeat(
                  store.rows,
                  ({ index }) => index,
                  (row) => this.#row(row),
                )}
              </ul>`
        }
      </div>
      ${this.#hasBox && stream.kind === 'socket' ? this.#messageBox() : nothing}`;
  }

  #bar(): TemplateResult {
    const { strings, stream, store } = this;
    const count = fill(stream.open ? strings.streamCount : strings.streamTotal, { count: formatNumber(store.count) });
    return html`<div class="bar">
      ${
        stream.ending
          ? html`<span class="ending ${stream.ending.isGood ? 'good' : 'bad'}"
              >${icon(stream.ending.isGood ? 'check' : 'error')}${stream.ending.text}</span
            >`
          : html`<span class="live"><span class="dot" aria-hidden="true"></span>${strings.streamOpen}</span>`
      }
      <span class="quiet numbers">${count}</span>
      ${
        store.dropped > 0
          ? html`<span class="quiet">${fill(strings.streamDropped, { count: formatNumber(store.dropped) })}</span>`
          : nothing
      }
      <span class="grow"></span>
      ${
        this.following
          ? nothing
          : html`<button class="secondary latest" @click=${() => this.#toLatest()}>
              ${icon('arrowDown')}${strings.streamLatest}
            </button>`
      }
    </div>`;
  }

  #emptyText(): string {
    const { strings, stream, store } = this;
    if (stream.open) return strings.streamEmpty;
    return store.isKnown ? strings.streamNothing : strings.streamPast;
  }

  #row(row: StreamRow): TemplateResult {
    const { strings, stream } = this;
    const isOpen = this.opened.has(row.index);
    return html`<li class=${row.direction}>
      <button
        class="row ring-inside"
        data-index=${row.index}
        aria-expanded=${isOpen}
        tabindex=${row.index === this.#stop ? 0 : -1}
        @click=${() => this.#toggle(row.index)}
      >
        <span class="at numbers quiet">${formatDuration(row.at)}</span>
        ${
          stream.kind === 'socket'
            ? html`<span class="way">${icon(row.direction === 'sent' ? 'arrowUp' : 'arrowDown')}</span
                ><span class="hidden-text"
                  >${row.direction === 'sent' ? strings.streamSent : strings.streamReceived}</span
                >`
            : nothing
        }
        ${row.type === undefined ? nothing : html`<span class="type mono">${row.type}</span>`}
        ${row.id === undefined ? nothing : html`<span class="quiet mono">#${row.id}</span>`}
        <span class="text mono">${row.text}</span>
        <span class="quiet numbers size"
          >${row.isBinary ? `${strings.streamBinary} ` : ''}${row.isCut ? `${strings.streamCut} ` : ''}${formatSize(
            row.size,
          )}</span
        >
      </button>
      ${isOpen ? html`<pre class="mono" tabindex="0">${this.store.item(row.index) ?? strings.streamLoading}</pre>` : nothing}
    </li>`;
  }

  #messageBox(): TemplateResult {
    const { strings, stream, store } = this;
    const hint = fill(strings.messageHint, { key: SEND_KEY });
    return html`<div class="box">
      ${
        stream.canSend
          ? nothing
          : html`<p class="quiet kept">${fill(strings.messageKept, { send: strings.send, key: SEND_KEY })}</p>`
      }
      <textarea
        class="mono"
        rows="2"
        spellcheck="false"
        aria-label=${strings.message}
        placeholder=${hint}
        .value=${live(store.typed)}
        @input=${(event: Event) => this.events.keep((event.target as HTMLTextAreaElement).value)}
        @keydown=${(event: KeyboardEvent) => this.#onMessageKey(event)}
      ></textarea>
      ${
        stream.canSend
          ? html`<button class="secondary" @click=${() => this.#send()}>${icon('send')}${strings.sendMessage}</button>`
          : nothing
      }
    </div>`;
  }

  #onMessageKey(event: KeyboardEvent): void {
    // Where nothing can be sent, they open the connection again, as everywhere.
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !this.stream.canSend) return;
    event.preventDefault();
    // Elsewhere the same keys send the request.
    event.stopPropagation();
    this.#send();
  }

  #send(): void {
    const box = this.renderRoot.querySelector('textarea');
    if (!box || box.value === '') return;
    this.events.send(box.value);
    this.events.keep('');
    box.value = '';
    box.focus();
    this.following = true;
  }

  /** Index of the row that Tab leads to: the latest, or the one that somebody was at, as far as it is kept. */
  get #stop(): number {
    const { rows } = this.store;
    return Math.max(rows[0]?.index ?? 0, this.focused ?? rows.at(-1)?.index ?? 0);
  }

  #toLatest(): void {
    this.focused = undefined;
    this.following = true;
  }

  #toggle(index: number): void {
    const opened = new Set(this.opened);
    if (!opened.delete(index)) {
      opened.add(index);
      if (this.store.item(index) === undefined) this.events.open(index);
      // What somebody reads must not move away.
      this.following = false;
    }
    this.focused = index;
    this.opened = opened;
  }

  readonly #onScroll = (): void => {
    const list = this.#list;
    if (!list) return;
    this.following = list.scrollHeight - list.scrollTop - list.clientHeight < AT_END;
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const { rows } = this.store;
    const first = rows[0]?.index ?? 0;
    const last = rows.at(-1)?.index ?? 0;
    const at = this.#stop;
    const targets: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: first, End: last };
    const target = targets[event.key];
    if (target === undefined || (event.target as HTMLElement).tagName === 'PRE') return;
    event.preventDefault();
    const next = Math.max(first, Math.min(last, target));
    this.focused = next;
    this.following = next === last;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };

  get #list(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.list');
  }
}

/** What the tab and the list are called. */
export function labelOf(kind: StreamView['kind']): 'streamEvents' | 'streamLines' | 'streamSocket' {
  return kind === 'events' ? 'streamEvents' : kind === 'lines' ? 'streamLines' : 'streamSocket';
}
