import { css } from 'lit';

export const streamListStyles = css`
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
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 8px;
    padding: 8px 12px;
    border-top: 1px solid var(--vscode-panel-border, transparent);
  }
  .kept {
    flex: 1 0 100%;
    margin: 0;
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
      flex-flow: column nowrap;
      align-items: stretch;
    }
  }
`;
