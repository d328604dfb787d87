import { css, html, nothing, type TemplateResult } from 'lit';
import type { FailureView, RunnerAction } from '../shared/viewModel';
import { icon } from './icons';
import type { View } from './view';

/** What went wrong, what to do about it, and the one button that does it. Having to sign in first is nothing wrong. */
export function failureCard({ post, send }: View, { code, message, next, action }: FailureView): TemplateResult {
  const act = (wanted: RunnerAction): void => {
    if (wanted === 'retry') send();
    else post({ type: 'action', action: wanted });
  };
  const isInvitation = code === 'session.signInRequired';
  return html`<section class="failure ${isInvitation ? 'invitation' : ''}" aria-labelledby="failure-title">
    ${icon(isInvitation ? 'key' : 'error')}
    <div class="failure-text">
      <h2 id="failure-title">${message}</h2>
      <p>${next}</p>
      <div class="failure-foot">
        ${action ? html`<button class="primary" @click=${() => act(action.action)}>${action.label}</button>` : nothing}
        ${isInvitation ? nothing : html`<span class="failure-code mono quiet">${code}</span>`}
      </div>
    </div>
  </section>`;
}

export const failureCardStyles = css`
  .failure {
    flex: none;
    display: flex;
    gap: 8px;
    margin: 12px;
    padding: 12px 16px 12px 12px;
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-widget-border, transparent);
    border-radius: 6px;
    overflow-wrap: anywhere;
  }
  .failure > .icon {
    margin-top: 2px;
    color: var(--vscode-editorError-foreground);
  }
  .failure.invitation > .icon {
    color: var(--vscode-editorInfo-foreground);
  }
  .failure-text {
    flex: 1;
    min-width: 0;
  }
  .failure h2 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
    line-height: 20px;
  }
  .failure p {
    margin: 4px 0 0;
    line-height: 20px;
  }
  .failure-foot {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    margin-top: 12px;
  }
  .failure-code {
    font-size: 12px;
  }
`;
