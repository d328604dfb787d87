import { css, html, nothing, type TemplateResult } from 'lit';
import type { ExchangeView, HopView, PhaseName, PhaseView } from '../../shared/viewModel';
import { cssVars } from '../cssVars';
import { fill, formatDuration } from '../format';
import type { View } from '../view';

const LABELS = {
  dns: 'dns',
  connect: 'connect',
  tls: 'tls',
  send: 'phaseSend',
  wait: 'wait',
  download: 'download',
} as const satisfies Record<PhaseName, string>;

/** Where the time went, hop by hop. */
export function timingPane(view: View, exchange: ExchangeView): TemplateResult {
  const { strings } = view;
  const label = strings.timing;
  return html`<div class="scroll ring-inside" tabindex="0" role="region" aria-label=${label}>
    <table class="timing">
      <caption class="hidden-text">
        ${label}
      </caption>
      ${exchange.hops.map((hop, index) => hopRows(view, exchange, hop, index))}
      <tfoot>
        <tr>
          <th scope="row">${strings.total}</th>
          <td></td>
          <td class="numbers">${formatDuration(exchange.duration)}</td>
        </tr>
      </tfoot>
    </table>
  </div>`;
}

function hopRows(view: View, exchange: ExchangeView, hop: HopView, index: number): TemplateResult {
  const severalHops = exchange.hops.length > 1;
  const previous = exchange.hops[index - 1];
  const title = previous ? fill(view.strings.redirected, { url: hop.url }) : `${hop.method} ${hop.url}`;
  return html`<tbody>
    ${
      severalHops
        ? html`<tr>
            <th scope="rowgroup" colspan="3" class="hop">${previous ? `${previous.status} ` : ''}${title}</th>
          </tr>`
        : nothing
    }
    ${hop.phases.map((phase) => phaseRow(view, phase, exchange.duration))}
  </tbody>`;
}

function phaseRow({ strings }: View, { phase, start, duration }: PhaseView, total: number): TemplateResult {
  const share = (part: number): string => `${total > 0 ? Math.min(100, (part / total) * 100) : 0}%`;
  return html`<tr>
    <th scope="row">${strings[LABELS[phase]]}</th>
    <td><div class="bar ${phase}" ${cssVars({ '--start': share(start), '--share': share(duration) })}></div></td>
    <td class="numbers">${formatDuration(duration)}</td>
  </tr>`;
}

export const timingPaneStyles = css`
  .timing {
    width: 100%;
    max-width: 640px;
    padding: 8px 12px;
    border-spacing: 0;
  }
  .timing th,
  .timing td {
    height: 24px;
    padding: 0;
    font-weight: inherit;
    text-align: left;
    white-space: nowrap;
  }
  .timing th {
    width: 1%;
    padding-right: 16px;
  }
  .timing td:last-child {
    width: 1%;
    padding-left: 16px;
    text-align: right;
  }
  .timing .hop {
    padding-top: 8px;
    color: var(--vscode-descriptionForeground);
    white-space: normal;
    overflow-wrap: anywhere;
  }
  .timing tfoot th,
  .timing tfoot td {
    height: 32px;
    font-weight: 600;
    border-top: 1px solid var(--vscode-panel-border, transparent);
  }
  .bar {
    height: 8px;
    width: max(2px, var(--share));
    margin-left: min(var(--start), calc(100% - 2px));
    background: var(--vscode-charts-blue);
    border-radius: 2px;
  }
  .bar.wait {
    background: var(--vscode-charts-green);
  }
  .bar.dns,
  .bar.connect,
  .bar.tls {
    background: var(--vscode-charts-purple);
  }
`;
