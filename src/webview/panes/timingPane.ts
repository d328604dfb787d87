import { css, html, nothing, type TemplateResult } from 'lit';
import type { ExchangeView, HopView, PhaseName, PhaseView, RedirectView } from '../../shared/viewModel';
import { cssVars } from '../cssVars';
import { fill, formatDuration } from '../format';
import { icon } from '../icons';
import { methodBadge } from '../methodBadge';
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
  return html`<tbody>
    ${exchange.hops.length > 1 ? hopHead(view, hop, index) : nothing}
    ${hop.phases.map((phase) => phaseRow(view, phase, exchange.duration))}
  </tbody>`;
}

/** One step of the redirect trail: what was asked, what came of it, and what the redirect before it left behind. */
function hopHead({ strings }: View, { method, url, status, http2, redirect }: HopView, index: number): TemplateResult {
  return html`<tr>
    <th scope="rowgroup" colspan="3" class="hop">
      <div class="hop-line">
        ${index > 0 ? icon('redirect') : nothing}<span class="hidden-text"
          >${fill(strings.hopNumber, { number: index + 1 })}</span
        >
        ${methodBadge(method)} <span class="mono url">${url}</span> <b class="numbers">${status}</b>
        ${http2 ? html`<span class="protocol">HTTP/2</span>` : nothing}
      </div>
      ${redirect ? redirectRemark(strings, redirect) : nothing}
    </th>
  </tr>`;
}

function redirectRemark(strings: View['strings'], redirect: RedirectView): TemplateResult | typeof nothing {
  const { isElsewhere, dropped, droppedBody } = redirect;
  const names = [...dropped, ...(droppedBody ? [strings.requestBody] : [])].join(', ');
  if (names === '' && !isElsewhere) return nothing;
  const text = names === '' ? strings.redirectAll : isElsewhere ? strings.redirectElsewhere : strings.redirectHere;
  return html`<div class="dropped ${isElsewhere ? 'elsewhere' : ''}">
    ${icon(isElsewhere ? 'warning' : 'info')}<span>${fill(text, { names })}</span>
  </div>`;
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
    height: auto;
    padding: 12px 0 4px;
    white-space: normal;
  }
  .hop-line,
  .dropped {
    display: flex;
    align-items: baseline;
    gap: 6px;
    line-height: 18px;
    overflow-wrap: anywhere;
  }
  .hop-line .icon,
  .dropped .icon {
    flex: none;
    align-self: flex-start;
    margin-top: 1px;
  }
  .hop-line .url {
    font-size: 12px;
  }
  .hop-line :is(.method, b) {
    flex: none;
  }
  .hop-line b {
    margin-left: auto;
    padding-left: 8px;
    font-weight: 600;
  }
  .hop-line .protocol {
    color: var(--vscode-descriptionForeground);
    white-space: nowrap;
  }
  .dropped {
    padding: 2px 0;
    color: var(--vscode-descriptionForeground);
  }
  .dropped.elsewhere .icon {
    color: var(--vscode-editorWarning-foreground);
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
