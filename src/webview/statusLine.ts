import { css, html, type TemplateResult } from 'lit';
import type { ExchangeView } from '../shared/viewModel';
import { fill, formatDuration, formatSize } from './format';
import { icon, type IconName } from './icons';
import type { View } from './view';

type Tone = 'good' | 'moved' | 'refused' | 'failed';

const ICONS: Readonly<Record<Tone, IconName>> = { good: 'check', moved: 'info', refused: 'warning', failed: 'error' };

/** How it went: status, time, size. */
export function statusLine(view: View, exchange: ExchangeView): TemplateResult {
  const { strings, post } = view;
  const tone = toneOf(exchange.status);
  const hint = tone === 'refused' ? strings.clientError : tone === 'failed' ? strings.serverError : undefined;
  return html`<div class="status">
    <span class="pill ${tone}" title=${hint ?? ''}
      >${icon(ICONS[tone])}<span class="words"
        ><b class="numbers">${exchange.status}</b> ${exchange.statusText}</span
      ></span
    >
    ${exchange.hops.at(-1)?.http2 ? html`<span>HTTP/2</span>` : undefined} ${unverifiedMark(strings, exchange)}
    <span class="numbers">${exchange.receiving ? strings.receiving : formatDuration(exchange.duration)}</span>
    <span class="numbers">${formatSize(bodySize(exchange))}</span>
    ${exchange.receiving && !exchange.stream ? arrivalRate(view) : undefined}
    ${exchange.notes.map(
      ({ ok, text }) =>
        html`<span class="note ${ok ? 'good' : 'failed'}">${icon(ok ? 'check' : 'error')}${text}</span>`,
    )}
    <button
      class="tool compare"
      title=${strings.compareHint}
      aria-label=${strings.compare}
      ?disabled=${exchange.receiving}
      @click=${() => post({ type: 'compare', with: { kind: 'ask' } })}
    >
      ${icon('diff')}
    </button>
  </div>`;
}

function arrivalRate({ strings, arrival }: View): TemplateResult {
  const text = (now: number): string => {
    const rate = arrival.perSecond(now);
    return rate === undefined ? '' : fill(strings.rate, { size: formatSize(Math.round(rate)) });
  };
  return html`<latchkey-ticking-text class="numbers" every="500" .text=${text}></latchkey-ticking-text>`;
}

/** Nobody knows who answered. */
function unverifiedMark(strings: View['strings'], { unverified }: ExchangeView): TemplateResult | undefined {
  if (unverified.length === 0) return undefined;
  return html`<span
    class="pill failed unverified"
    title=${fill(strings.unverifiedHint, { hosts: unverified.join(', ') })}
    >${icon('unlocked')}<span class="words">${strings.unverified}</span></span
  >`;
}

/** Bytes of the body. */
export function bodySize({ body }: ExchangeView): number {
  return body.kind === 'empty' ? 0 : body.size;
}

function toneOf(status: number): Tone {
  if (status >= 500) return 'failed';
  if (status >= 400) return 'refused';
  // 101: the connection has become a WebSocket.
  return status === 101 || (status >= 200 && status < 300) ? 'good' : 'moved';
}

export const statusLineStyles = css`
  .status {
    flex: none;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
    min-height: 24px;
    color: var(--vscode-descriptionForeground);
  }
  .status .compare {
    margin: 0 -4px 0 auto;
  }
  .note {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    overflow-wrap: anywhere;
  }
  .note.failed .icon {
    color: var(--vscode-editorError-foreground);
  }
  .pill {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-height: 24px;
    max-width: 100%;
    padding: 0 8px 0 4px;
    margin-left: -4px;
    color: var(--vscode-foreground);
    border: 1px solid transparent;
    border-radius: 4px;
  }
  .pill .words {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .pill b {
    font-weight: 600;
  }
  .pill.good {
    padding-left: 0;
    margin-left: 0;
    border: 0;
  }
  .pill.good .icon {
    color: var(--vscode-charts-green);
    stroke-width: 1.6;
  }
  .pill.moved .icon {
    color: var(--vscode-editorInfo-foreground);
  }
  .pill.refused {
    margin-left: 0;
    color: var(--vscode-inputValidation-warningForeground, var(--vscode-foreground));
    background: var(--vscode-inputValidation-warningBackground);
    border-color: var(--vscode-inputValidation-warningBorder);
  }
  .pill.refused .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .pill.failed {
    margin-left: 0;
    color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
    background: var(--vscode-inputValidation-errorBackground);
    border-color: var(--vscode-inputValidation-errorBorder);
  }
  .pill.failed .icon {
    color: var(--vscode-editorError-foreground);
  }
`;
