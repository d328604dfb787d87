import { css } from 'lit';
import { menuLook } from './styles/menuLook';

export const historyMenuStyles = css`
  :host {
    display: block;
  }
  .tool[aria-expanded='true'] {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .list {
    position: absolute;
    z-index: 2;
    top: 36px;
    left: 8px;
    width: min(440px, calc(100vw - 16px));
    max-height: min(320px, calc(100vh - 48px));
    overflow: auto;
    padding: 4px;
    ${menuLook}
  }
  .list p {
    margin: 0;
    padding: 4px 8px;
  }
  ul {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    border-radius: 4px;
  }
  li:hover,
  li:focus-within {
    color: var(--vscode-menu-selectionForeground, var(--vscode-foreground));
    background: var(--vscode-menu-selectionBackground, var(--vscode-list-hoverBackground));
    outline: 1px solid var(--vscode-menu-selectionBorder, transparent);
    outline-offset: -1px;
  }
  li:hover .quiet,
  li:focus-within .quiet {
    color: inherit;
  }
  .entry {
    flex: 1;
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
    height: 26px;
    padding: 0 8px;
    text-align: start;
    color: inherit;
    background: none;
    border: 0;
    border-radius: 4px;
  }
  .outcome {
    flex: none;
    display: inline-flex;
    align-items: center;
    gap: 4px;
    /* A word that is longer moves the rest of its row. */
    min-width: 96px;
    white-space: nowrap;
  }
  .outcome b {
    font-weight: 600;
  }
  .outcome.good .icon {
    color: var(--vscode-charts-green);
    stroke-width: 1.6;
  }
  .outcome.bad .icon {
    color: var(--vscode-editorError-foreground);
  }
  .outcome.still .icon {
    color: var(--vscode-descriptionForeground);
  }
  li:hover .outcome .icon,
  li:focus-within .outcome .icon {
    color: inherit;
  }
  .when {
    flex: 0 1 auto;
    min-width: 88px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .environment {
    flex: 1 1 0;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .facts {
    flex: none;
    white-space: nowrap;
  }
  li .tool {
    flex: none;
    margin-right: 2px;
    color: inherit;
  }
  /* As wide as the button that others have, so that all facts stand below each other. */
  li:not(:has(> .tool)) {
    padding-right: 26px;
  }
  .selected .when {
    font-weight: 600;
  }
  @media (max-width: 400px) {
    .facts {
      display: none;
    }
    .outcome {
      min-width: 64px;
    }
    .when {
      min-width: 0;
    }
  }
`;
