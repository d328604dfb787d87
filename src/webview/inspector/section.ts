import { css, html, nothing, type TemplateResult } from 'lit';

export interface Section {
  /** Unique in the page. */
  readonly id: string;
  readonly title: string;
  /** Beside the title. */
  readonly aside?: TemplateResult | typeof nothing | undefined;
  readonly content: TemplateResult;
}

/** A part of the page that screen readers can go to. */
export function section({ id, title, aside, content }: Section): TemplateResult {
  return html`<section aria-labelledby="${id}-title">
    <div class="section-head">
      <h2 id="${id}-title">${title}</h2>
      ${aside ?? nothing}
    </div>
    ${content}
  </section>`;
}

/** A list of facts: what it is, and how it is. */
export function facts(entries: readonly (readonly [name: string, value: string | TemplateResult])[]): TemplateResult {
  return html`<dl class="facts">
    ${entries.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

export const sectionStyles = css`
  section {
    padding: 12px 0 16px;
    border-top: 1px solid var(--vscode-panel-border, transparent);
  }
  .section-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
    min-height: 28px;
    margin-bottom: 4px;
  }
  h2 {
    margin: 0;
    font-size: 13px;
    font-weight: 600;
    line-height: 20px;
  }
  h3 {
    margin: 12px 0 4px;
    font-size: 12px;
    font-weight: 600;
    line-height: 16px;
    color: var(--vscode-descriptionForeground);
  }
  .lead {
    margin: 0 0 8px;
    max-width: 72ch;
  }
  .facts {
    margin: 0;
  }
  .facts > div {
    display: grid;
    grid-template-columns: 136px minmax(0, 1fr);
    gap: 0 16px;
    padding: 3px 0;
  }
  .facts dt {
    color: var(--vscode-descriptionForeground);
  }
  .facts dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  @media (max-width: 440px) {
    .facts > div {
      grid-template-columns: minmax(0, 1fr);
      padding: 4px 0;
    }
  }
`;
