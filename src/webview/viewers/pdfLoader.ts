import { css, html, LitElement, type TemplateResult } from 'lit';
import { notice, noticeStyles } from '../notice';
import type { ShownBody } from './shownBody';
import { loadingLine, viewerStyles } from './viewerStyles';

/** Where in a body the reader is; it is kept when the page is built anew. */
export interface ShownPosition {
  readonly start: () => number;
  readonly moved: (position: number) => void;
}

/** Its own script, which has this page's policy behind it; there is one while it runs only. */
const ownScript = document.currentScript instanceof HTMLScriptElement ? document.currentScript : undefined;

let loading: Promise<void> | undefined;

/** Stands for the view of PDFs, whose script is several times as large as the runner's, until that has been loaded. */
export class PdfLoader extends LitElement {
  static override properties = {
    shown: { attribute: false },
    position: { attribute: false },
    state: { state: true },
  };

  declare shown: ShownBody;
  declare position: ShownPosition;
  declare state: 'loading' | 'loaded' | 'failed';

  static override styles = [viewerStyles, noticeStyles, loaderStyles()];

  constructor() {
    super();
    this.state = 'loading';
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { strings } = this.shown;
    switch (this.state) {
      case 'loading':
        return loadingLine(strings);
      case 'loaded':
        return html`<latchkey-pdf .shown=${this.shown} .position=${this.position}></latchkey-pdf>`;
      case 'failed':
        return notice({ iconName: 'empty', title: strings.mediaBroken, text: strings.pdfNotLoaded });
    }
  }

  async #load(): Promise<void> {
    loading ??= loadScript('pdf.js');
    try {
      await loading;
      this.state = 'loaded';
    } catch {
      loading = undefined;
      this.state = 'failed';
    }
  }
}

/** Loads a script that lies beside this one. */
function loadScript(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.nonce = ownScript?.nonce ?? '';
    script.src = new URL(name, ownScript?.src).href;
    script.onload = () => resolve();
    script.onerror = () => {
      script.remove();
      reject(new Error(`${name} was not loaded.`));
    };
    document.head.append(script);
  });
}

function loaderStyles(): ReturnType<typeof css> {
  return css`
    :host,
    latchkey-pdf {
      flex: 1;
      min-height: 0;
    }
  `;
}
