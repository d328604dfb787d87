import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { BodyPreview } from '../../shared/protocol';
import { fill, formatSize } from '../format';
import { icon } from '../icons';
import { notice, noticeStyles } from '../notice';
import { controls } from '../styles/controls';
import { focusRing } from '../styles/focusRing';
import { previewDocument } from './previewDocument';
import { markdownStyle, pageStyle } from './previewStyles';
import { isOtherBody, type ShownBody } from './shownBody';
import { loadingLine, viewerStyles } from './viewerStyles';

/** HTML or rendered Markdown in a frame where it can do nothing: no scripts, no forms, no network, no way out. */
export class PreviewView extends LitElement {
  static override properties = {
    shown: { attribute: false },
    preview: { state: true },
  };

  declare shown: ShownBody;
  declare preview: BodyPreview | undefined;

  static override styles = [controls, viewerStyles, noticeStyles, focusRing, previewViewStyles()];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('shown') && isOtherBody(changed.get('shown'), this.shown)) void this.#load();
  }

  protected override render(): TemplateResult {
    const { strings, facts } = this.shown;
    const { preview } = this;
    if (!preview) return loadingLine(strings);
    if (preview.html === undefined) {
      return notice({ iconName: 'eye', title: strings.noPreview, text: strings.noPreviewText });
    }
    const isCut = preview.shownBytes < facts.size;
    const sizes = { shown: formatSize(preview.shownBytes), size: formatSize(facts.size) };
    return html`<p class="quiet">
        ${icon('info')}<span>${strings.previewLimits}${isCut ? ` ${fill(strings.truncated, sizes)}` : nothing}</span>
      </p>
      <iframe
        sandbox=""
        referrerpolicy="no-referrer"
        class=${preview.isPage ? 'page' : ''}
        title=${strings.preview}
        .srcdoc=${this.#document(preview.html, preview.isPage)}
      ></iframe>`;
  }

  #document(source: string, isPage: boolean): string {
    const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? '';
    return previewDocument(source, { nonce, style: isPage ? pageStyle : markdownStyle(this) });
  }

  async #load(): Promise<void> {
    const { shown } = this;
    this.preview = undefined;
    const preview = await shown.requests.preview(shown.facts.bodyId);
    if (!isOtherBody(shown, this.shown)) this.preview = preview;
  }
}

function previewViewStyles(): ReturnType<typeof css> {
  return css`
    p {
      flex: none;
      display: flex;
      gap: 8px;
      margin: 0;
      padding: 0 12px 8px;
    }
    p .icon {
      color: var(--vscode-editorInfo-foreground);
    }
    iframe {
      flex: 1;
      min-height: 0;
      width: 100%;
      border: 0;
      border-top: 1px solid var(--vscode-panel-border, transparent);
    }
    /* Pages of the web are written for white paper. */
    iframe.page {
      background: white;
      color-scheme: light;
    }
  `;
}
