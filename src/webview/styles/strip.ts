import { css } from 'lit';

/** One line of words with a sign before and a button behind, set off from what is around it. */
export const strip = css`
  .strip {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 4px 8px 4px 12px;
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-widget-border, transparent);
    border-radius: 6px;
  }
  .strip > .icon {
    color: var(--vscode-editorInfo-foreground);
  }
  .strip p {
    flex: 1 1 160px;
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }
`;
