import { css, html, type TemplateResult } from 'lit';
import type { RunnerStrings } from '../../shared/runnerStrings';
import { spinner } from '../styles/spinner';

/** What stands in the place of a viewer until there is something to look at. */
export function loadingLine({ loading }: RunnerStrings): TemplateResult {
  return html`<p class="loading"><span class="spinner"></span>${loading}</p>`;
}

/** A viewer with a line of facts and tools above what is looked at. */
export const viewerStyles = [
  spinner,
  css`
    :host {
      display: flex;
      flex-direction: column;
      min-height: 0;
    }
    .loading {
      display: flex;
      align-items: center;
      gap: 8px;
      margin: 0;
      padding: 12px;
      color: var(--vscode-descriptionForeground);
    }
    .facts {
      flex: none;
      display: flex;
      align-items: center;
      gap: 12px;
      padding: 0 8px 4px 12px;
      color: var(--vscode-descriptionForeground);
    }
    .grow {
      flex: 1;
    }
  `,
];
