import { css } from 'lit';

/** Of what opens above the rest, as VS Code's own menus look: declarations for a rule. */
export const menuLook = css`
  color: var(--vscode-menu-foreground, var(--vscode-foreground));
  background: var(--vscode-menu-background, var(--vscode-editorWidget-background));
  border: 1px solid var(--vscode-menu-border, var(--vscode-widget-border, transparent));
  border-radius: 6px;
  box-shadow: 0 4px 12px var(--vscode-widget-shadow, transparent);
`;
