import { css, html, type TemplateResult } from 'lit';
import { icon } from './icons';
import type { View } from './view';

/** Why the request cannot be edited in fields, and the way to where it can. */
export function editRefusal({ strings, post }: View, message: string): TemplateResult {
  return html`<section class="edit-refusal" aria-label=${message}>
    ${icon('info')}
    <p>${message}</p>
    <button class="secondary" @click=${() => post({ type: 'action', action: 'openRequestFile' })}>
      ${strings.openFile}
    </button>
  </section>`;
}

export const editRefusalStyles = css`
  .edit-refusal {
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
  .edit-refusal > .icon {
    color: var(--vscode-editorInfo-foreground);
  }
  .edit-refusal p {
    flex: 1 1 160px;
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }
`;
