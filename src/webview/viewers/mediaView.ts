import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { fill, formatNumber, formatSize } from '../format';
import { notice, noticeStyles } from '../notice';
import { controls } from '../styles/controls';
import { focusRing } from '../styles/focusRing';
import { bodyPieces } from './bodyPieces';
import { isOtherBody, type ShownBody } from './shownBody';
import { loadingLine, viewerStyles } from './viewerStyles';

/** Bytes that are drawn or played at most: all of them are in the page's memory. */
export const MEDIA_LIMIT = 32 * 1024 * 1024;

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'shown'; readonly url: string; readonly size: PictureSize | undefined };

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A picture, or something to be played, from its bytes; nothing is loaded from elsewhere, and no script runs in it. */
export class MediaView extends LitElement {
  static override properties = {
    shown: { attribute: false },
    kind: { attribute: false },
    state: { state: true },
    isFitted: { state: true },
  };

  declare shown: ShownBody;
  declare kind: 'image' | 'audio' | 'video';
  declare state: State;
  declare isFitted: boolean;

  static override styles = [controls, viewerStyles, noticeStyles, focusRing, mediaStyles()];

  constructor() {
    super();
    this.state = { kind: 'loading' };
    this.isFitted = true;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('shown') && isOtherBody(changed.get('shown'), this.shown)) void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#free();
  }

  protected override render(): TemplateResult {
    const { strings, facts } = this.shown;
    switch (this.state.kind) {
      case 'loading':
        return loadingLine(strings);
      case 'tooLarge': {
        const sizes = { size: formatSize(facts.size), limit: formatSize(MEDIA_LIMIT) };
        return notice({
          iconName: 'image',
          title: strings.mediaTooLarge,
          text: fill(strings.mediaTooLargeText, sizes),
        });
      }
      case 'broken':
        return notice({ iconName: 'image', title: strings.mediaBroken, text: strings.mediaBrokenText });
      case 'shown':
        return this.#media(this.state);
    }
  }

  #media({ url, size }: State & { kind: 'shown' }): TemplateResult {
    const { strings } = this.shown;
    const onError = (): void => void (this.state = { kind: 'broken' });
    switch (this.kind) {
      case 'audio':
        return html`<div class="stage">
          <audio controls src=${url} aria-label=${strings.audio} @error=${onError}></audio>
        </div>`;
      case 'video':
        return html`<div class="stage">
          <video controls src=${url} aria-label=${strings.video} @error=${onError}></video>
        </div>`;
      case 'image':
        return html`<div class="facts">
            <span>${this.shown.facts.drawnAs}</span>
            ${size ? html`<span class="numbers">${this.#sizeText(size)}</span>` : nothing}
            <span class="grow"></span>
            <div class="switch" role="group" aria-label=${strings.imageSize}>
              <button aria-pressed=${this.isFitted} @click=${() => (this.isFitted = true)}>${strings.imageFit}</button
              ><button aria-pressed=${!this.isFitted} @click=${() => (this.isFitted = false)}>
                ${strings.imageActual}
              </button>
            </div>
          </div>
          <div
            class="stage ring-inside ${this.isFitted ? 'fitted' : 'actual'}"
            tabindex="0"
            role="region"
            aria-label=${strings.image}
          >
            <img src=${url} alt=${size ? this.#altText(size) : strings.image} @load=${this.#onLoad} @error=${onError} />
          </div>`;
    }
  }

  #sizeText({ width, height }: PictureSize): string {
    const size = { width: formatNumber(width), height: formatNumber(height) };
    return fill(this.shown.strings.imagePixels, size);
  }

  #altText(size: PictureSize): string {
    return `${this.shown.strings.image}, ${this.#sizeText(size)}`;
  }

  readonly #onLoad = (event: Event): void => {
    const { naturalWidth: width, naturalHeight: height } = event.target as HTMLImageElement;
    if (this.state.kind === 'shown') this.state = { ...this.state, size: { width, height } };
  };

  async #load(): Promise<void> {
    const { shown } = this;
    const { size, complete, drawnAs } = shown.facts;
    this.#free();
    this.state = size > MEDIA_LIMIT ? { kind: 'tooLarge' } : { kind: 'loading' };
    if (size > MEDIA_LIMIT || !complete) return;
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for await (const piece of bodyPieces(shown, 0, size)) {
      pieces.push(piece);
      if (!this.isConnected || isOtherBody(shown, this.shown)) return;
    }
    const url = URL.createObjectURL(new Blob(pieces, { type: drawnAs ?? '' }));
    this.state = { kind: 'shown', url, size: undefined };
  }

  #free(): void {
    if (this.state.kind === 'shown') URL.revokeObjectURL(this.state.url);
    this.state = { kind: 'loading' };
  }
}

function mediaStyles(): ReturnType<typeof css> {
  return css`
    .facts > .switch {
      margin-right: 4px;
    }
    .stage {
      flex: 1;
      min-height: 0;
      overflow: auto;
      display: flex;
      padding: 12px;
    }
    .stage > * {
      margin: auto;
    }
    img {
      /* What is see-through shows the squares. */
      background: repeating-conic-gradient(
          color-mix(in srgb, var(--vscode-foreground) 14%, var(--vscode-editor-background)) 0 25%,
          color-mix(in srgb, var(--vscode-foreground) 4%, var(--vscode-editor-background)) 0 50%
        )
        0 0 / 16px 16px;
      outline: 1px solid var(--vscode-widget-border, transparent);
    }
    .fitted img {
      max-width: 100%;
      max-height: 100%;
      object-fit: contain;
    }
    .actual img {
      image-rendering: pixelated;
    }
    :host-context(body.vscode-dark) :is(video, audio),
    :host-context(body.vscode-high-contrast:not(.vscode-high-contrast-light)) :is(video, audio) {
      color-scheme: dark;
    }
    video,
    audio {
      max-width: 100%;
      max-height: 100%;
    }
  `;
}
