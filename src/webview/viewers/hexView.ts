import { css, html, type PropertyValues, type TemplateResult } from 'lit';
import { bytesOf } from '../bodyRequests';
import { focusRing } from '../styles/focusRing';
import { VirtualList, virtualListStyles } from '../virtualList';
import { asciiText, bytesPerRow, hexText, offsetText } from './hexRows';
import type { ShownBody } from './shownBody';

/** Bytes that are asked for together. */
const CHUNK = 8 * 1024;
/** Chunks that are kept; the view shows one or two at a time. */
const MOST_CHUNKS = 64;

/** The bytes of a body of any size: offset, hexadecimal, characters. Only what is in sight is here. */
export class HexView extends VirtualList {
  static override properties = {
    ...VirtualList.properties,
    shown: { attribute: false },
    columns: { attribute: false },
  };

  declare shown: ShownBody;
  /** Characters that fit beside each other. */
  declare columns: number;

  readonly #chunks = new Map<number, Uint8Array>();
  readonly #pending = new Set<number>();
  #bodyId: string | undefined;

  static override styles = [focusRing, virtualListStyles, hexStyles()];

  protected override get rowCount(): number {
    return Math.ceil(this.shown.facts.size / this.#perRow);
  }

  get #perRow(): number {
    return bytesPerRow(this.columns);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('shown');
    const { bodyId, size } = this.shown.facts;
    if (bodyId !== this.#bodyId) {
      this.#bodyId = bodyId;
      this.#chunks.clear();
      this.#pending.clear();
      if (before) this.scrollToRow(0);
    } else if (before && before.facts.size !== size) {
      // It was cut short by what was there.
      this.#chunks.delete(Math.floor(before.facts.size / CHUNK));
    }
  }

  protected override need(from: number, to: number): void {
    const last = Math.min(to * this.#perRow, this.shown.facts.size);
    for (let chunk = Math.floor((from * this.#perRow) / CHUNK); chunk * CHUNK < last; chunk++) {
      if (!this.#chunks.has(chunk) && !this.#pending.has(chunk)) void this.#load(chunk);
    }
  }

  async #load(chunk: number): Promise<void> {
    const { requests, facts } = this.shown;
    this.#pending.add(chunk);
    const bytes = await requests.bytes(facts.bodyId, chunk * CHUNK, (chunk + 1) * CHUNK);
    if (this.#bodyId !== bytes.bodyId) return;
    this.#pending.delete(chunk);
    this.#chunks.set(chunk, bytesOf(bytes));
    for (const oldest of [...this.#chunks.keys()].slice(0, -MOST_CHUNKS)) this.#chunks.delete(oldest);
    this.requestUpdate();
  }

  protected override row(index: number): TemplateResult {
    const count = this.#perRow;
    const start = index * count;
    const bytes = this.#chunks.get(Math.floor(start / CHUNK))?.subarray(start % CHUNK, (start % CHUNK) + count);
    if (!bytes) return html`<div class="row"><span class="offset">${offsetText(start)}</span></div>`;
    return html`<div class="row">
      <span class="offset">${offsetText(start)}</span><span class="bytes">${zeroesDimmed(hexText(bytes, count))}</span
      ><span class="ascii">${asciiText(bytes)}</span>
    </div>`;
  }
}

/** Most of what is not text is zeroes; what is left stands out. */
function zeroesDimmed(text: string): readonly (string | TemplateResult)[] {
  return text
    .split(/((?:\b00(?:\s+|$))+)/)
    .map((piece) =>
      piece.startsWith('00') && !/[1-9a-f]/.test(piece) ? html`<span class="zero">${piece}</span>` : piece,
    );
}

function hexStyles(): ReturnType<typeof css> {
  return css`
    .row {
      gap: 2ch;
      padding: 0 12px;
    }
    .row > * {
      flex: none;
      white-space: pre;
      cursor: text;
    }
    .offset {
      color: var(--vscode-descriptionForeground);
      user-select: none;
      -webkit-user-select: none;
    }
    .zero {
      color: var(--vscode-descriptionForeground);
    }
    .ascii {
      color: var(--vscode-debugTokenExpression-string);
    }
  `;
}
