import { css, html, nothing, type TemplateResult } from 'lit';
import type { SentView } from '../../shared/viewModel';
import { formatSize } from '../format';
import { icon } from '../icons';
import { methodBadge } from '../methodBadge';
import type { View } from '../view';
import { headerTable } from './headersPane';

/** The request as it was sent, redacted. */
export function sentPane(view: View, sent: SentView): TemplateResult {
  const { strings, post, ui } = view;
  return html`<div class="pane-bar">
      <span class="quiet grow">${strings.sentMasked}</span>
      <button
        class="tool"
        title=${strings.copySent}
        aria-label=${strings.copySent}
        @click=${() => post({ type: 'copy', what: 'sent', form: ui.form })}
      >
        ${icon('copy')}
      </button>
    </div>
    <div class="scroll ring-inside" tabindex="0" role="region" aria-label=${strings.sent}>
      <p class="sent-line">${methodBadge(sent.method)} <span class="mono">${sent.url}</span></p>
      ${headerTable(view, sent.headers)} ${sentBody(view, sent)}
    </div>`;
}

function sentBody({ strings }: View, { body, bodyBytes }: SentView): TemplateResult | typeof nothing {
  if (bodyBytes === 0) return nothing;
  return html`<h3>${strings.sentBody} <span class="quiet numbers">${formatSize(bodyBytes)}</span></h3>
    ${body === undefined ? nothing : html`<pre class="mono">${body}</pre>`}`;
}

export const sentPaneStyles = css`
  .sent-line {
    margin: 0;
    padding: 4px 12px 8px;
    line-height: 18px;
    overflow-wrap: anywhere;
    border-bottom: 1px solid var(--vscode-panel-border, transparent);
  }
  .sent-line .mono {
    margin-left: 4px;
    font-size: 12px;
  }
  .scroll h3 {
    margin: 0;
    padding: 12px 12px 4px;
    font-size: inherit;
    font-weight: 600;
  }
  .scroll pre {
    margin: 0;
    padding: 0 12px 12px;
    font-size: 12px;
    line-height: 18px;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`;
