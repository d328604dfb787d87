import { css } from 'lit';

export const rowListStyles = css`
  .line {
    flex: none;
    box-sizing: content-box;
    width: var(--digits);
    padding: 0 12px;
    text-align: right;
    color: var(--vscode-editorLineNumber-foreground);
    background: var(--vscode-editor-background);
    position: sticky;
    left: 0;
    z-index: 1;
    user-select: none;
    -webkit-user-select: none;
  }
  .row.active {
    background: var(--vscode-list-hoverBackground);
  }
  .scroller:focus-visible .row.active {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .fold {
    position: absolute;
    right: -2px;
    top: 0;
    display: flex;
    align-items: center;
    height: var(--row-height);
    color: var(--vscode-icon-foreground, var(--vscode-foreground));
    cursor: pointer;
  }
  .fold .icon {
    width: 14px;
    height: 14px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.1;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .hidden-lines {
    align-self: center;
    padding: 0 6px;
    font-family: var(--vscode-font-family);
    font-size: 11px;
    line-height: 16px;
    color: var(--vscode-descriptionForeground);
    white-space: nowrap;
  }
  .line::before {
    content: attr(data-line);
  }
  .text {
    white-space: pre;
    padding-left: var(--hang, 0);
    unicode-bidi: isolate;
    padding-right: 12px;
    cursor: text;
  }
  /* Indentation guides: where rows begin, and where they go on with the row above. */
  .indent,
  .colored [data-continues] .text {
    background: repeating-linear-gradient(
        to right,
        var(--vscode-editorIndentGuide-background1, transparent) 0 1px,
        transparent 1px 2ch
      )
      no-repeat;
  }
  .colored [data-continues] .text {
    background-size: calc(var(--hang) - 2ch - 1px) 100%;
  }
  .indent {
    /* Where the text begins there is none, however widths are rounded. */
    background-size: calc(100% - 2px) 100%;
    display: inline-block;
    height: 100%;
    vertical-align: top;
  }
  .key {
    color: var(--vscode-debugTokenExpression-name);
  }
  .string {
    color: var(--vscode-debugTokenExpression-string);
  }
  .number {
    color: var(--vscode-debugTokenExpression-number);
  }
  .literal {
    color: var(--vscode-debugTokenExpression-boolean);
  }
  .match {
    background: var(--vscode-editor-findMatchHighlightBackground);
    outline: 1px solid var(--vscode-editor-findMatchHighlightBorder, transparent);
    outline-offset: -1px;
  }
  .current {
    background: var(--vscode-editor-findMatchBackground);
    outline: 2px solid var(--vscode-editor-findMatchBorder, transparent);
    outline-offset: -2px;
  }
`;
