import { css, html, nothing, type TemplateResult } from 'lit';
import { fill } from './format';
import { icon } from './icons';
import { methodBadge } from './methodBadge';
import type { View } from './view';

const IS_MAC = /mac/i.test(navigator.userAgent);
export const SEND_KEY = IS_MAC ? '⌘↩' : 'Ctrl+Enter';

/** Second line: what is sent where, and the button that does it. `busy`: a send is on its way. */
export function requestLine(view: View, busy: boolean): TemplateResult {
  const { model, strings, post } = view;
  const { request } = model;
  const isStream = model.state.kind === 'response' && model.state.exchange.stream?.open === true;
  return html`<div class="request">
    <div class="address">
      ${request ? methodBadge(request.method) : nothing}
      <span class="url mono"
        >${request ? urlParts(request.url) : html`<span class="quiet">${strings.noRequests}</span>`}</span
      >
      ${
        request
          ? html`<button
              class="tool copy"
              title=${strings.copyUrl}
              aria-label=${strings.copyUrl}
              @click=${() => post({ type: 'copy', what: 'url', form: view.ui.form })}
            >
              ${icon('copy')}
            </button>`
          : nothing
      }
    </div>
    <button
      id="send"
      class=${busy ? 'secondary' : 'primary'}
      title=${busy ? (isStream ? strings.stopHint : strings.cancelHint) : fill(strings.sendHint, { key: SEND_KEY })}
      ?disabled=${!request}
      @click=${() => post({ type: busy ? 'cancel' : 'send' })}
    >
      ${busy ? icon('stop') : icon('send')}<span
        >${busy ? (isStream ? strings.stop : strings.cancel) : strings.send}</span
      >
    </button>
  </div>`;
}

/** The path stands out: it is what differs between the requests of a file. */
function urlParts(url: string): TemplateResult {
  const [, origin = '', path = '', query = ''] = /^([a-z][a-z+.-]*:\/\/[^/?#]*)?([^?#]*)(.*)$/is.exec(url) ?? [];
  return html`<span class="quiet">${origin}</span>${path}<span class="quiet">${query}</span>`;
}

export const requestLineStyles = css`
  .request {
    display: flex;
    align-items: flex-start;
    gap: 8px;
  }
  .address {
    flex: 1;
    display: flex;
    align-items: baseline;
    gap: 8px;
    min-width: 0;
    min-height: 28px;
    padding: 4px 2px 3px 8px;
    border: 1px solid var(--vscode-widget-border, transparent);
    border-radius: 4px;
  }
  .url {
    flex: 1;
    min-width: 0;
    max-height: 72px;
    overflow: auto;
    font-size: 12px;
    line-height: 18px;
    overflow-wrap: anywhere;
  }
  .address .copy {
    align-self: flex-start;
    margin: -3px 0 -2px;
    opacity: 0;
  }
  .address:hover .copy,
  .address .copy:focus-visible {
    opacity: 1;
  }
  #send {
    min-width: 96px;
  }
  @media (max-width: 400px) {
    #send {
      min-width: 0;
      padding: 0 8px;
    }
  }
`;
