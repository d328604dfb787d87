import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { StreamRow, StreamView } from '../shared/viewModel';
import { fill, formatDuration, formatNumber, formatSize } from './format';
import { icon } from './icons';
import { SEND_KEY } from './requestLine';
import type { StreamStore } from './streamStore';
import { controls } from './styles/controls';
import { focusRing } from './styles/focusRing';

export interface StreamListEvents {
  /** An event was opened for the first time: all of it is wanted. */
  readonly open: (index: number) => void;
  readonly send: (text: string) => void;
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

  static override styles = [controls, focusRing, streamListStyles()];

  constructor() {
    super();
    this.opened = new Set();
    this.focused = undefined;
    this.following = true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('stream');
    if (!before || before.streamId === this.stream.streamId) return;
    this.opened = new Set();
    this.focused = undefined;
    this.following = true;
  }

  protected override updated(): void {
    const list = this.#list;
    if (this.following && list) list.scrollTop = list.scrollHeight;
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
      ${stream.canSend ? this.#messageBox() : nothing}`;
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
          : html`<button class="secondary latest" @click=${() => (this.following = true)}>
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
    const focused = this.focused ?? this.store.rows.at(-1)?.index;
    return html`<li class=${row.direction}>
      <button
        class="row ring-inside"
        data-index=${row.index}
        aria-expanded=${isOpen}
        tabindex=${row.index === focused ? 0 : -1}
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
    const { strings } = this;
    const hint = fill(strings.messageHint, { key: SEND_KEY });
    return html`<div class="box">
      <textarea
        class="mono"
        rows="2"
        spellcheck="false"
        aria-label=${strings.message}
        placeholder=${hint}
        @keydown=${(event: KeyboardEvent) => this.#onMessageKey(event)}
      ></textarea>
      <button class="secondary" @click=${() => this.#send()}>${icon('send')}${strings.sendMessage}</button>
    </div>`;
  }

  #onMessageKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // Elsewhere the same keys send the request.
    event.stopPropagation();
    this.#send();
  }

  #send(): void {
    const box = this.renderRoot.querySelector('textarea');
    if (!box || box.value === '') return;
    this.events.send(box.value);
    box.value = '';
    box.focus();
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
    const at = this.focused ?? last;
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

function streamListStyles(): ReturnType<typeof css> {
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
      flex-wrap: wrap;
      align-items: center;
      gap: 4px 12px;
      min-height: 32px;
      padding: 4px 12px;
    }
    .grow {
      flex: 1;
    }
    .ending,
    .live {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      overflow-wrap: anywhere;
    }
    .ending.good .icon,
    .dot {
      color: var(--vscode-charts-green);
    }
    .ending.bad .icon {
      color: var(--vscode-editorError-foreground);
    }
    .dot {
      width: 8px;
      height: 8px;
      margin: 0 4px;
      background: currentcolor;
      border-radius: 50%;
    }
    .latest {
      height: 24px;
      padding: 0 8px 0 4px;
    }
    .list {
      flex: 1;
      min-height: 0;
      overflow: auto;
      overflow-anchor: none;
    }
    ul {
      margin: 0;
      padding: 0;
      list-style: none;
    }
    .none {
      margin: 0;
      padding: 24px 12px;
      text-align: center;
    }
    li {
      border-bottom: 1px solid var(--vscode-panel-border, transparent);
      content-visibility: auto;
      contain-intrinsic-height: auto 25px;
    }
    .row {
      display: flex;
      align-items: center;
      gap: 8px;
      width: 100%;
      min-height: 24px;
      padding: 2px 12px;
      font-size: 12px;
      text-align: left;
      background: none;
      border: 0;
    }
    .row:hover {
      background: var(--vscode-list-hoverBackground);
      outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
      outline-offset: -1px;
    }
    .row .mono {
      font-size: 12px;
    }
    .at {
      flex: none;
      min-width: 56px;
      text-align: right;
    }
    .way {
      display: inline-flex;
    }
    .sent .way .icon {
      color: var(--vscode-charts-blue);
    }
    .received .way .icon {
      color: var(--vscode-charts-green);
    }
    .type {
      flex: none;
      max-width: 30%;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
      color: var(--vscode-debugTokenExpression-name);
    }
    .text {
      flex: 1;
      min-width: 0;
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .size {
      flex: none;
    }
    pre.mono {
      margin: 0;
      max-height: 60vh;
      padding: 4px 12px 8px 76px;
      font-size: 12px;
      line-height: 18px;
      overflow: auto;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
    }
    .box {
      flex: none;
      display: flex;
      align-items: flex-end;
      gap: 8px;
      padding: 8px 12px;
      border-top: 1px solid var(--vscode-panel-border, transparent);
    }
    textarea.mono {
      flex: 1;
      min-width: 0;
      padding: 4px 6px;
      font-size: 12px;
      line-height: 18px;
      resize: vertical;
      color: var(--vscode-input-foreground);
      background: var(--vscode-input-background);
      border: 1px solid var(--vscode-input-border, var(--vscode-widget-border, transparent));
      border-radius: 4px;
    }
    textarea::placeholder {
      color: var(--vscode-input-placeholderForeground);
    }
    textarea:focus {
      outline: 1px solid var(--vscode-focusBorder);
      outline-offset: -1px;
    }
    @media (max-width: 440px) {
      pre.mono {
        padding-left: 12px;
      }
      .box {
        flex-direction: column;
        align-items: stretch;
      }
    }
  `;
}
