import { css, html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from './icons';

export interface Notice {
  readonly iconName: IconName;
  readonly tone?: 'bad' | undefined;
  readonly title: string;
  readonly text?: string | TemplateResult | undefined;
  readonly more?: TemplateResult | undefined;
}

/** Says that there is nothing to see, or what went wrong, with at most one button. */
export function notice({ iconName, tone, title, text, more }: Notice): TemplateResult {
  return html`<div class="notice ${tone ?? ''}">
    ${icon(iconName)}
    <h2>${title}</h2>
    ${text === undefined ? nothing : html`<p class="quiet">${text}</p>`} ${more ?? nothing}
  </div>`;
}

export const noticeStyles = css`
  .notice {
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 4px;
    max-width: 440px;
    margin: 0 auto;
    padding: 48px 16px 24px;
    text-align: center;
    overflow-wrap: anywhere;
  }
  .notice > .icon {
    width: 32px;
    height: 32px;
    margin-bottom: 8px;
    stroke-width: 0.7;
    color: var(--vscode-descriptionForeground);
  }
  .notice h2 {
    margin: 0;
    font-size: 14px;
    font-weight: 600;
    line-height: 20px;
  }
  .notice p {
    margin: 0;
    line-height: 20px;
  }
  .notice button {
    margin-top: 12px;
  }
`;
