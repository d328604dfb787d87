import { css } from 'lit';

/** Fields of one line, as VS Code's own look. */
export const textField = css`
  input {
    height: 24px;
    padding: 0 8px;
    color: var(--vscode-input-foreground);
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, transparent);
    border-radius: 4px;
  }
  input:focus-visible {
    outline-offset: -1px;
  }
  input::placeholder {
    color: var(--vscode-input-placeholderForeground);
  }
`;
