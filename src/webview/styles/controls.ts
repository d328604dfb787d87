import { css } from 'lit';

/** For screen readers only. */
export const hiddenText = css`
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Buttons and text as VS Code draws its own. Everything sits on a grid of 4 pixels. */
export const controls = css`
  * {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  button,
  input {
    font: inherit;
    color: inherit;
    margin: 0;
  }
  button {
    cursor: pointer;
  }
  button:disabled {
    cursor: default;
    opacity: 0.5;
  }
  .icon {
    flex: none;
    width: 16px;
    height: 16px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.1;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .primary,
  .secondary {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    height: 28px;
    padding: 0 12px;
    white-space: nowrap;
    border: 1px solid var(--vscode-button-border, transparent);
    border-radius: 4px;
  }
  /* What is called by a name of somebody's choice may be long. */
  :is(.strip, .notice, .failure-foot) button {
    max-width: 100%;
    height: auto;
    min-height: 28px;
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .primary {
    color: var(--vscode-button-foreground);
    background: var(--vscode-button-background);
  }
  .primary:hover:enabled {
    background: var(--vscode-button-hoverBackground);
  }
  .secondary {
    color: var(--vscode-button-secondaryForeground);
    background: var(--vscode-button-secondaryBackground);
    /* Older versions have one border for both. */
    border-color: var(--vscode-button-secondaryBorder, var(--vscode-button-border, transparent));
  }
  .secondary:hover:enabled {
    background: var(--vscode-button-secondaryHoverBackground);
  }
  .tool {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 4px;
    min-width: 24px;
    height: 24px;
    padding: 0 3px;
    color: var(--vscode-icon-foreground, var(--vscode-foreground));
    background: none;
    border: 1px solid transparent;
    border-radius: 4px;
  }
  .tool:hover:enabled {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .tool[aria-pressed='true'] {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-inputOption-activeBorder, transparent);
  }
  .switch {
    display: inline-flex;
    height: 24px;
    padding: 0;
    border: 1px solid var(--vscode-widget-border, transparent);
    border-radius: 4px;
  }
  .switch button {
    height: 22px;
    padding: 0 8px;
    font-size: 12px;
    color: var(--vscode-descriptionForeground);
    background: none;
    border: 0;
    border-radius: 3px;
  }
  .switch button:hover {
    color: var(--vscode-foreground);
  }
  .switch button[aria-pressed='true'] {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
    outline: 1px solid var(--vscode-inputOption-activeBorder, transparent);
    outline-offset: 0;
  }
  /* Where the system has colours of its own, backgrounds are not ours to set; what is pressed must still be seen. */
  @media (forced-colors: active) {
    .tool[aria-pressed='true'],
    .tool[aria-pressed='true']:hover:enabled,
    .switch button[aria-pressed='true'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
      border-color: Highlight;
    }
  }
  .quiet {
    color: var(--vscode-descriptionForeground);
  }
  .mono {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: var(--vscode-editor-font-size, 13px);
  }
  .numbers {
    font-variant-numeric: tabular-nums;
  }
  ${hiddenText}
`;
