import { css, html, type TemplateResult } from 'lit';
import type { HeaderView } from '../../shared/viewModel';
import { icon } from '../icons';
import type { View } from '../view';

/** The response's headers, as they came. */
export function headersPane(view: View, headers: readonly HeaderView[]): TemplateResult {
  const { strings, post, ui } = view;
  if (headers.length === 0) return html`<p class="pane quiet">${strings.noHeaders}</p>`;
  return html`<div class="pane-bar">
      <span class="grow"></span>
      <button
        class="tool"
        title=${strings.copyHeaders}
        aria-label=${strings.copyHeaders}
        @click=${() => post({ type: 'copy', what: 'headers', form: ui.form })}
      >
        ${icon('copy')}
      </button>
    </div>
    <div class="scroll ring-inside" tabindex="0" role="region" aria-label=${strings.headers}>
      ${headerTable(view, headers)}
    </div>`;
}

/** A table of names and values; long values wrap. */
export function headerTable({ strings }: View, headers: readonly HeaderView[]): TemplateResult {
  return html`<table class="headers">
    <thead class="hidden-text">
      <tr>
        <th scope="col">${strings.headerName}</th>
        <th scope="col">${strings.headerValue}</th>
      </tr>
    </thead>
    <tbody>
      ${headers.map(
        ({ name, value }) =>
          html`<tr>
            <th scope="row" class="mono">${name}</th>
            <td class="mono">${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export const headersPaneStyles = css`
  .headers {
    width: 100%;
    border-spacing: 0;
    table-layout: auto;
  }
  .headers th,
  .headers td {
    padding: 4px 12px;
    font-size: 12px;
    font-weight: inherit;
    line-height: 18px;
    text-align: left;
    vertical-align: top;
    border-bottom: 1px solid var(--vscode-panel-border, transparent);
  }
  .headers th {
    width: 1%;
    padding-right: 4px;
    white-space: nowrap;
    color: var(--vscode-debugTokenExpression-name);
  }
  .headers td {
    overflow-wrap: anywhere;
  }
  .headers tbody tr:hover {
    background: var(--vscode-list-hoverBackground);
  }
  /* Beside a narrow editor the value goes below its name. */
  @media (max-width: 440px) {
    .headers tbody :is(tr, th, td) {
      display: block;
      width: auto;
      white-space: normal;
      overflow-wrap: anywhere;
    }
    .headers th {
      padding-bottom: 0;
      border-bottom: 0;
    }
    .headers td {
      padding-top: 0;
    }
  }
`;
