import { css, html, type TemplateResult } from 'lit';
import type { ResponseNotice } from '../shared/viewModel';
import { icon } from './icons';
import type { View } from './view';

/** One line between the status and the tabs of a response: what can be done about it, and the button that does it. */
export function responseNotice({ post }: View, { message, action }: ResponseNotice): TemplateResult {
  return html`<section class="strip response-notice" aria-label=${message}>
    ${icon('key')}
    <p>${message}</p>
    <button class="secondary" @click=${() => post({ type: 'action', action: action.action })}>${action.label}</button>
  </section>`;
}

export const responseNoticeStyles = css`
  .response-notice {
    margin: 4px 12px;
    padding: 8px 8px 8px 12px;
  }
  .response-notice p {
    flex-basis: 200px;
    line-height: 20px;
  }
`;
