import { css } from 'lit';

export const pdfStyles = css`
  .facts {
    gap: 4px;
  }
  .percent {
    min-width: 5ch;
    text-align: center;
  }
  .strip {
    margin: 0 8px 8px;
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow: auto;
    /* A bar that comes and goes would change the width that pages are fitted to. */
    scrollbar-gutter: stable;
    background: var(--vscode-editorWidget-background);
    border-top: 1px solid var(--vscode-panel-border, transparent);
  }
  .stage {
    position: relative;
  }
  .page {
    --scale-round-x: 1px;
    --scale-round-y: 1px;
    position: absolute;
    overflow: clip;
    /* Pages are written for white paper. */
    color: black;
    background: white;
    color-scheme: only light;
    outline: 1px solid var(--vscode-widget-border, transparent);
    box-shadow: 0 1px 4px var(--vscode-widget-shadow, transparent);
  }
  .page > p {
    margin: 0;
    padding: 24px;
    text-align: center;
  }
  /* Over the picture of white paper, which has to be seen through. */
  ::highlight(latchkey-match) {
    background: rgb(255 214 0 / 45%);
  }
  ::highlight(latchkey-match-current) {
    background: rgb(255 120 0 / 60%);
  }
  canvas {
    position: absolute;
    width: 100%;
    height: 100%;
  }
`;

/** What pdf.js lays text out with, over the picture of the page. It is seen when it is selected only. */
export const textLayerStyles = css`
  .text-layer {
    --text-scale-factor: calc(var(--total-scale-factor) * var(--min-font-size));
    position: absolute;
    inset: 0;
    overflow: clip;
    line-height: 1;
    text-align: initial;
    transform-origin: 0 0;
    text-size-adjust: none;
    forced-color-adjust: none;
  }
  .text-layer span,
  .text-layer br {
    --font-height: 0;
    --scale-x: 1;
    --rotate: 0deg;
    position: absolute;
    font-size: calc(var(--text-scale-factor) * var(--font-height));
    transform: rotate(var(--rotate)) scaleX(var(--scale-x)) scale(calc(1 / var(--min-font-size)));
    transform-origin: 0 0;
    color: transparent;
    white-space: pre;
    cursor: text;
    user-select: text;
    -webkit-user-select: text;
  }
  .text-layer ::selection {
    color: transparent;
    background: color-mix(in srgb, AccentColor 35%, transparent);
  }
  .text-layer br::selection {
    background: transparent;
  }
`;
