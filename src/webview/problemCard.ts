import { css, html, nothing, type TemplateResult } from 'lit';
import type { ProblemView } from '../shared/viewModel';

/** What the server said went wrong, above the body that says it. */
export function problemCard({ title, detail, facts }: ProblemView): TemplateResult {
  return html`<section class="problem" aria-label=${title}>
    <h2>${title}</h2>
    ${detail === undefined ? nothing : html`<p>${detail}</p>`}
    ${
      facts.length === 0
        ? nothing
        : html`<dl>
            ${facts.map(
              ({ name, value }) =>
                html`<dt class="quiet">${name}</dt>
                  <dd class="mono">${value}</dd>`,
            )}
          </dl>`
    }
  </section>`;
}

export const problemCardStyles = css`
  .problem {
    flex: none;
    max-height: 40%;
    overflow: auto;
    margin: 12px 12px 4px;
    padding: 8px 12px;
    border-left: 3px solid var(--vscode-editorWarning-foreground);
    background: var(--vscode-editorWidget-background);
    border-radius: 2px 4px 4px 2px;
    overflow-wrap: anywhere;
  }
  .problem h2 {
    margin: 0;
    font-size: inherit;
    font-weight: 600;
    line-height: 20px;
  }
  .problem p {
    margin: 0;
    line-height: 20px;
  }
  .problem dl {
    display: grid;
    grid-template-columns: fit-content(40%) 1fr;
    gap: 2px 12px;
    margin: 8px 0 0;
  }
  .problem dd {
    margin: 0;
    min-width: 0;
    font-size: 12px;
    line-height: 18px;
  }
  .problem dt {
    line-height: 18px;
  }
`;
