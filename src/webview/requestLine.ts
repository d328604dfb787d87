import { css, html, nothing, type TemplateResult } from 'lit';
import { fill } from './format';
import { icon } from './icons';
import { methodBadge } from './methodBadge';
import type { View } from './view';

const IS_MAC = /mac/i.test(navigator.userAgent);
/** Characters of a URL from which on it may have to be scrolled, so that keys must get to it. */
const LONG_URL = 100;

export const SEND_KEY = IS_MAC ? '⌘↩' : 'Ctrl+Enter';

export interface RequestLineActions {
  /** Sends what is shown; what stands in the fields is written first. */
  readonly send: () => void;
  readonly edit: () => void;
}

/** Second line: what is sent where, and the button that does it. `busy`: a send is on its way. */
export function requestLine(view: View, busy: boolean, actions: RequestLineActions): TemplateResult {
  const { model, strings } = view;
  const { request } = model;
  const isStream = model.state.kind === 'response' && model.state.exchange.stream?.open === true;
  return html`<div class="request">
    ${address(view, actions)}
    <button
      id="send"
      class=${busy ? 'secondary' : 'primary'}
      title=${busy ? (isStream ? strings.stopHint : strings.cancelHint) : fill(strings.sendHint, { key: SEND_KEY })}
      ?disabled=${!request}
      @click=${({ detail }: MouseEvent) => {
        // The second click of a double click meets another button than the first one.
        if (detail > 1) return;
        if (busy) view.post({ type: 'cancel' });
        else actions.send();
      }}
      @keydown=${(event: KeyboardEvent) => event.repeat && event.preventDefault()}
    >
      ${busy ? icon('stop') : icon('send')}<span
        >${busy ? (isStream ? strings.stop : strings.cancel) : strings.send}</span
      >
    </button>
  </div>`;
}

function address(view: View, { edit }: RequestLineActions): TemplateResult {
  const { model, strings, post } = view;
  const { request } = model;
  return html`
    <div class="address">
      ${request ? methodBadge(request.method) : nothing}
      <span
        class="url mono ring-inside"
        role="group"
        aria-label=${strings.editUrl}
        tabindex=${request && request.url.length > LONG_URL ? 0 : nothing}
        >${request ? urlParts(request.url) : html`<span class="quiet">${strings.noRequests}</span>`}</span
      >
      ${
        request
          ? html`<span class="tools"
              ><button class="tool" title=${strings.editHint} aria-label=${strings.edit} @click=${edit}>
                ${icon('edit')}
              </button>
              <button
                class="tool"
                title=${strings.copyUrl}
                aria-label=${strings.copyUrl}
                @click=${() => post({ type: 'copy', what: 'url', form: view.ui.form })}
              >
                ${icon('copy')}
              </button>
              <button
                class="tool"
                title=${strings.copyAs}
                aria-label=${strings.copyAs}
                @click=${() => post({ type: 'action', action: 'copyAsCode' })}
              >
                ${icon('code')}
              </button></span
            >`
          : nothing
      }
    </div>
  `;
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
    word-break: break-all;
  }
  .address .tools {
    align-self: flex-start;
    display: flex;
    margin: -3px 0 -2px;
  }
  #send {
    min-width: 96px;
  }
  @media (max-width: 400px) {
    .address {
      flex-wrap: wrap;
    }
    .url {
      flex-basis: calc(100% - 56px);
    }
    .address .tools {
      margin: 0 0 0 auto;
    }
    #send {
      min-width: 0;
      padding: 0 8px;
    }
  }
`;
