import { css } from 'lit';

export const requestEditorStyles = css`
  :host {
    display: block;
    min-height: 0;
  }
  .form {
    display: flex;
    flex-direction: column;
    max-height: 60vh;
    overflow: hidden;
    border: 1px solid var(--vscode-widget-border, transparent);
    border-radius: 6px;
    background: var(--vscode-editorWidget-background);
  }
  .scroll {
    flex: 1;
    min-height: 0;
    overflow: auto;
    padding: 8px 8px 4px;
  }
  input,
  select,
  textarea {
    min-width: 0;
    height: 26px;
    padding: 0 6px;
    font-family: inherit;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, var(--vscode-widget-border, transparent));
    border-radius: 4px;
  }
  input.mono,
  textarea.mono {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 12px;
  }
  input[readonly] {
    color: var(--vscode-descriptionForeground);
    background: none;
  }
  textarea {
    display: block;
    width: 100%;
    height: auto;
    padding: 4px 6px;
    line-height: 18px;
    resize: vertical;
    white-space: pre;
    overflow: auto;
    tab-size: 2;
  }
  .target {
    display: flex;
    gap: 4px;
  }
  .target .method {
    flex: 0 0 88px;
    font-weight: 600;
    text-transform: none;
  }
  .target .url {
    flex: 1;
  }
  .part {
    margin-top: 4px;
  }
  .head {
    display: flex;
    align-items: center;
    gap: 4px 8px;
    min-height: 28px;
    white-space: nowrap;
    overflow: hidden;
  }
  .title {
    font-size: 11px;
    font-weight: 600;
    letter-spacing: 0.3px;
    text-transform: uppercase;
    color: var(--vscode-descriptionForeground);
  }
  .row {
    display: flex;
    gap: 4px;
    margin-bottom: 4px;
  }
  .row .name {
    flex: 2 1 0;
  }
  .row .value {
    flex: 3 1 0;
  }
  .row .tool {
    flex: none;
    height: 26px;
  }
  .add {
    padding: 0 6px 0 2px;
    margin-left: auto;
  }
  select {
    flex: none;
    height: 24px;
  }
  .head .quiet {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  @media (max-width: 400px) {
    .note {
      display: none;
    }
  }
  .message {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 4px 8px;
    overflow-wrap: anywhere;
    border-top: 1px solid var(--vscode-widget-border, transparent);
  }
  .message span {
    flex: 1 1 160px;
    min-width: 0;
  }
  .message .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .foot {
    flex: none;
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
    padding: 8px;
    border-top: 1px solid var(--vscode-widget-border, transparent);
  }
  .note {
    flex: 1 1 160px;
    min-width: 0;
  }
  .foot .secondary,
  .foot .primary {
    height: 26px;
  }
`;
