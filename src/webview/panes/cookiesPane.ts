import { css, html, nothing, type TemplateResult } from 'lit';
import type { CookiesView, ReceivedCookieView, SentCookieView } from '../../shared/viewModel';
import { fill, languageOfPage } from '../format';
import { icon } from '../icons';
import { notice } from '../notice';
import type { View } from '../view';

/** The cookies that went along and those that came, with what became of each. Never their values. */
export function cookiesPane(view: View, { kept, sent, received }: CookiesView): TemplateResult {
  const { strings, post } = view;
  if (!kept) return notice({ iconName: 'circleSlash', title: strings.noCookies, text: strings.cookiesOff });
  return html`<div class="pane-bar">
      <span class="quiet grow">${strings.cookiesHint}</span>
      <button class="secondary" @click=${() => post({ type: 'action', action: 'clearCookies' })}>
        ${strings.clearCookies}
      </button>
    </div>
    ${
      sent.length + received.length === 0
        ? notice({ iconName: 'empty', title: strings.noCookies, text: strings.noCookiesText })
        : html`<div class="scroll ring-inside" tabindex="0" role="region" aria-label=${strings.cookies}>
            ${sent.length === 0 ? nothing : sentTable(view, sent)}
            ${received.length === 0 ? nothing : receivedList(view, received)}
          </div>`
    }`;
}

function sentTable({ strings }: View, sent: readonly SentCookieView[]): TemplateResult {
  return html`<h3 id="cookies-sent">${strings.cookiesSent}</h3>
    <ul class="cookies" aria-labelledby="cookies-sent">
      ${sent.map(
        ({ name, host }) =>
          html`<li class="cookie">
            <span class="name mono">${name}</span>
            <span class="quiet">${host}</span>
          </li>`,
      )}
    </ul>`;
}

function receivedList(view: View, received: readonly ReceivedCookieView[]): TemplateResult {
  return html`<h3 id="cookies-received">${view.strings.cookiesReceived}</h3>
    <ul class="cookies" aria-labelledby="cookies-received">
      ${received.map((cookie) => receivedRow(view, cookie))}
    </ul>`;
}

const ICONS = { stored: 'check', removed: 'close', refused: 'error' } as const;
const LABELS = { stored: 'cookieStored', removed: 'cookieRemoved', refused: 'cookieRefused' } as const;

function receivedRow({ strings }: View, cookie: ReceivedCookieView): TemplateResult {
  const { name, domain, subdomains, path, expiresAt, flags, fate, reason } = cookie;
  const reach = subdomains ? fill(strings.cookieSubdomains, { domain }) : domain;
  const facts = [
    ...(domain === '' ? [] : [[strings.cookieDomain, reach] as const, [strings.cookiePath, path] as const]),
    ...(domain === ''
      ? []
      : [[strings.cookieExpires, expiresAt === undefined ? strings.cookieSession : dateText(expiresAt)] as const]),
    ...(flags.length === 0 ? [] : [[strings.cookieFlags, flags.join(', ')] as const]),
  ];
  return html`<li class="cookie ${fate}">
    <span class="name mono">${name}</span>
    <span class="fate">${icon(ICONS[fate])}${strings[LABELS[fate]]}</span>
    ${reason === undefined ? nothing : html`<span class="reason">${reason}</span>`}
    ${
      facts.length === 0
        ? nothing
        : html`<dl class="facts">
            ${facts.map(
              ([label, value]) =>
                html`<div>
                  <dt class="quiet">${label}</dt>
                  <dd>${value}</dd>
                </div>`,
            )}
          </dl>`
    }
  </li>`;
}

function dateText(milliseconds: number): string {
  // Servers delete by dates from before anything began.
  return new Intl.DateTimeFormat(languageOfPage(), { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);
}

export const cookiesPaneStyles = css`
  .cookies {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .cookie {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 12px;
    padding: 6px 12px;
    border-bottom: 1px solid var(--vscode-panel-border, transparent);
  }
  .cookie .name {
    min-width: 0;
    font-size: 12px;
    color: var(--vscode-debugTokenExpression-name);
    overflow-wrap: anywhere;
  }
  .cookie .fate {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    align-self: center;
  }
  .cookie.stored .fate .icon {
    color: var(--vscode-charts-green);
  }
  .cookie.refused .fate .icon {
    color: var(--vscode-editorError-foreground);
  }
  .cookie .facts {
    flex-basis: 100%;
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin: 0;
    font-size: 12px;
  }
  .cookie .facts div {
    display: flex;
    gap: 4px;
    min-width: 0;
  }
  .cookie .facts dd {
    margin: 0;
    min-width: 0;
    overflow-wrap: anywhere;
  }
`;
