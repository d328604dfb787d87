import { css, html, type TemplateResult } from 'lit';
import type { ResponseNotice } from '../shared/viewModel';
import { icon } from './icons';
import type { View } from './view';

/** One line between the status and the tabs of a response: what can be done about it, and the button that does it. */
export function responseNotice({ post }: View, { message, action }: ResponseNotice): TemplateResult {
  return html`<section class="response-notice" aria-label=${message}>
    ${icon('key')}
    <p>${message}</p>
    <button class="secondary" @click=${() => post({ type: 'action', action: action.action })}>${action.label}</button>
  </section>`;
}

export const responseNoticeStyles = css`
  .response-notice {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin: 4px 12px;
    padding: 8px 8px 8px 12px;
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-widget-border, transparent);
    border-radius: 6px;
  }
  .response-notice > .icon {
    color: var(--vscode-editorInfo-foreground);
  }
  .response-notice p {
    flex: 1 1 200px;
    min-width: 0;
    margin: 0;
    line-height: 20px;
    overflow-wrap: anywhere;
  }
`;
