import { css, html, nothing, type TemplateResult } from 'lit';
import { timeToEnd } from '../../shared/signInEnd';
import type { SessionInspection, TokenContent, TokenInspection } from '../../shared/inspectorModel';
import type { InspectorStrings } from '../../shared/inspectorStrings';
import { cssVars } from '../cssVars';
import { icon } from '../icons';
import { fill, formatTimeLeft } from '../format';
import { formatMoment } from './formatMoment';
import type { InspectorView } from './inspectorView';
import { facts, section } from './section';

/** What kind of token it is, how long it lives, and how it is renewed. */
export function tokenSection(view: InspectorView, session: SessionInspection, token: TokenInspection): TemplateResult {
  const { strings, now } = view;
  const content = html`${lifetime(view, token)} ${endOfSignIn(view, session, token)}
  ${facts([
    [strings.kind, kindText(strings, token.content)],
    [strings.boundTo, bindingText(strings, token)],
    [strings.obtained, formatMoment(token.obtainedAt, now)],
    [strings.expires, token.expiresAt === undefined ? strings.notSaid : formatMoment(token.expiresAt, now)],
    [strings.renewal, renewalText(view, session, token)],
    [strings.grant, strings[session.grant]],
    [strings.client, clientText(strings, session.client)],
  ])}`;
  return section({ id: 'token', title: strings.token, content });
}

/** Said in time: the work that is under way would stop at an inconvenient moment. */
function endOfSignIn(
  { strings, now }: InspectorView,
  { can }: SessionInspection,
  { refreshExpiresAt }: TokenInspection,
): TemplateResult | typeof nothing {
  const left = can.refresh ? timeToEnd(refreshExpiresAt, now) : undefined;
  if (left === undefined) return nothing;
  return html`<p class="ending numbers">
    ${icon('warning')}<span>${fill(strings.signInEndsIn, { time: formatTimeLeft(left) })}</span>
  </p>`;
}

/** The share of its life that is left, as a bar that empties, and in words. */
function lifetime({ strings, now }: InspectorView, { obtainedAt, expiresAt }: TokenInspection): TemplateResult {
  if (expiresAt === undefined) return html`<p class="lead">${strings.expiryUnknown}</p>`;
  const left = expiresAt - now;
  const share = Math.min(1, Math.max(0, left / Math.max(1, expiresAt - obtainedAt)));
  const words =
    left > 0
      ? fill(strings.expiresIn, { time: formatTimeLeft(left) })
      : fill(strings.expiredAgo, { time: formatTimeLeft(-left) });
  const longest = fill(strings.expiresIn, { time: formatTimeLeft(expiresAt - obtainedAt) }).length;
  return html`<div class="lifetime" ${cssVars({ '--longest': String(longest) })}>
    <div class="track" aria-hidden="true">
      ${share > 0 ? html`<div class="rest" ${cssVars({ '--share': String(share) })}></div>` : nothing}
    </div>
    <span class="numbers">${words}</span>
  </div>`;
}

function kindText(strings: InspectorStrings, content: TokenContent): string {
  switch (content.kind) {
    case 'opaque':
      return strings.kindOpaque;
    case 'encrypted':
      return strings.kindEncrypted;
    case 'jwt': {
      const type = content.header.claims.find(({ name }) => name === 'typ')?.value.toLowerCase();
      return type === 'at+jwt' || type === 'application/at+jwt' ? strings.kindAccessTokenJwt : strings.kindJwt;
    }
  }
}

function bindingText(strings: InspectorStrings, { type, binding }: TokenInspection): string {
  switch (binding.kind) {
    case 'none':
      return fill(strings.boundToNothing, { type });
    case 'dpop':
      return fill(strings.boundToKey, { thumbprint: binding.thumbprint ?? '' }).trim();
    case 'certificate':
      return fill(strings.boundToCertificate, { thumbprint: binding.thumbprint ?? '' }).trim();
  }
}

function renewalText({ strings, now }: InspectorView, { can }: SessionInspection, token: TokenInspection): string {
  if (!can.refresh) return strings.notRenewed;
  if (!token.hasRefreshToken) return strings.renewedByRequest;
  const { refreshExpiresAt } = token;
  return refreshExpiresAt === undefined
    ? strings.renewedByToken
    : fill(strings.renewedByTokenUntil, { time: formatMoment(refreshExpiresAt, now) });
}

function clientText(strings: InspectorStrings, { id, auth, registered }: SessionInspection['client']): string {
  if (registered) return fill(strings.clientRegistered, { id });
  return auth === 'none' ? fill(strings.clientPublic, { id }) : fill(strings.clientAuth, { id, auth });
}

export const tokenSectionStyles = css`
  .ending {
    display: flex;
    gap: 4px;
    margin: 0 0 8px;
  }
  .ending .icon {
    margin-top: 1px;
    color: var(--vscode-editorWarning-foreground);
  }
  .lifetime {
    display: flex;
    align-items: center;
    gap: 12px;
    margin: 4px 0 8px;
  }
  .lifetime .numbers {
    flex: none;
    /* About as wide as its longest text, so that the bar keeps its length while time goes by. */
    min-width: calc(var(--longest) * 0.85ch);
    text-align: end;
  }
  .track {
    flex: 1;
    height: 6px;
    overflow: hidden;
    background: var(--vscode-editorWidget-background);
    border: 1px solid var(--vscode-widget-border, var(--vscode-panel-border, transparent));
    border-radius: 3px;
  }
  .rest {
    height: 100%;
    background: var(--vscode-progressBar-background);
    transform: scaleX(var(--share));
    transform-origin: 0 0;
  }
`;
