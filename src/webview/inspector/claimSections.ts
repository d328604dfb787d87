import { css, html, nothing, type TemplateResult } from 'lit';
import type { ClaimList, ClaimView, ServerAnswer, SessionInspection, TokenContent } from '../../shared/inspectorModel';
import { fill, formatNumber, formatTimeLeft } from '../format';
import { icon } from '../icons';
import { formatMoment } from './formatMoment';
import type { InspectorView } from './inspectorView';
import { section } from './section';

/** What is inside of the access token, as far as it can be read. */
export function insideSection(view: InspectorView, session: SessionInspection, content: TokenContent): TemplateResult {
  const { strings } = view;
  if (content.kind === 'opaque') return html``;
  const part = (title: string, list: ClaimList): TemplateResult =>
    html`<h3>${title}</h3>
      ${claimTable(view, `${strings.accessTokenClaims}: ${title}`, list)}`;
  return section({
    id: 'inside',
    title: strings.accessTokenClaims,
    aside: revealButton(view, session, strings.accessTokenClaims),
    content: html`<p class="quiet lead">${strings.readUnchecked}</p>
      ${content.kind === 'jwt' ? part(strings.claims, content.claims) : nothing} ${part(strings.header, content.header)}`,
  });
}

export function idTokenSection(view: InspectorView, session: SessionInspection, claims: ClaimList): TemplateResult {
  const { strings } = view;
  return section({
    id: 'id-token',
    title: strings.idTokenClaims,
    aside: revealButton(view, session, strings.idTokenClaims),
    content: html`<p class="quiet lead">${strings.idTokenText}</p>
      ${claimTable(view, strings.idTokenClaims, claims)}`,
  });
}

/** What the preset has kept of the server's answers, for use in requests. */
export function capturedSection(view: InspectorView, captured: ClaimList): TemplateResult {
  const { captured: title, capturedText } = view.strings;
  const content = html`<p class="quiet lead">${capturedText}</p>
    ${claimTable(view, title, captured)}`;
  return section({ id: 'captured', title, content });
}

/** What the server told when it was asked about the token. */
export function answerSection(
  view: InspectorView,
  session: SessionInspection,
  { active, askedAt, members }: ServerAnswer,
): TemplateResult {
  const { strings, now } = view;
  const told = members.claims.filter(({ name }) => name !== 'active');
  return section({
    id: 'answer',
    title: strings.answer,
    aside: told.length > 0 ? revealButton(view, session, strings.answer) : nothing,
    content: html`<p class="verdict ${active ? 'good' : 'bad'}">
        ${icon(active ? 'check' : 'error')}<span>${active ? strings.answerActive : strings.answerInactive}</span>
        <span class="quiet numbers">${fill(strings.answeredAt, { time: formatMoment(askedAt, now) })}</span>
      </p>
      ${told.length > 0 ? claimTable(view, strings.answer, { ...members, claims: told }) : nothing}`,
  });
}

/** Showing asks the user in the editor itself; hiding asks nobody. */
function revealButton({ strings, act }: InspectorView, { revealed }: SessionInspection, of: string): TemplateResult {
  const label = revealed ? strings.hide : strings.reveal;
  return html`<button class="tool" aria-label="${label} (${of})" @click=${() => act(revealed ? 'hide' : 'reveal')}>
    ${icon(revealed ? 'eyeClosed' : 'eye')}${label}
  </button>`;
}

function claimTable(view: InspectorView, caption: string, { claims, left }: ClaimList): TemplateResult {
  const { strings } = view;
  return html`<table class="claims">
      <caption class="hidden-text">
        ${caption}
      </caption>
      <colgroup>
        <col class="names" />
        <col />
      </colgroup>
      <thead class="hidden-text">
        <tr>
          <th scope="col">${strings.claimName}</th>
          <th scope="col">${strings.claimValue}</th>
        </tr>
      </thead>
      <tbody>
        ${claims.map(
          (claim) =>
            html`<tr>
              <th scope="row" class="mono">${claim.name}</th>
              <td>${claimValue(view, claim)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${left > 0 ? html`<p class="quiet">${fill(strings.moreClaims, { count: formatNumber(left) })}</p>` : nothing}`;
}

function claimValue({ strings, now }: InspectorView, { state, value, time }: ClaimView): TemplateResult {
  if (state === 'masked') {
    return html`<span class="quiet" aria-hidden="true">••••••</span><span class="hidden-text">${strings.masked}</span>`;
  }
  if (state === 'withheld') return html`<i class="quiet">${strings.withheld}</i>`;
  if (time === undefined) return html`<span class="mono">${value}</span>`;
  const distance = formatTimeLeft(Math.abs(time - now));
  return html`<span class="mono">${value}</span>
    <span class="quiet numbers"
      >${formatMoment(time, now)}, ${fill(time > now ? strings.inTime : strings.ago, { time: distance })}</span
    >`;
}

export const claimSectionsStyles = css`
  .claims {
    width: 100%;
    border-spacing: 0;
    table-layout: fixed;
  }
  .claims th,
  .claims td {
    padding: 3px 0;
    font-size: 12px;
    font-weight: inherit;
    line-height: 18px;
    text-align: start;
    vertical-align: top;
    overflow-wrap: anywhere;
  }
  .claims .names {
    width: 152px;
  }
  .claims tbody th {
    padding-inline-end: 16px;
    color: var(--vscode-debugTokenExpression-name);
  }
  .claims tbody tr:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .claims .mono {
    font-size: 12px;
  }
  .claims .mono + .quiet {
    margin-inline-start: 8px;
  }
  .verdict {
    display: flex;
    align-items: center;
    gap: 4px;
    margin: 0 0 8px;
  }
  .verdict.good .icon {
    color: var(--vscode-charts-green);
    stroke-width: 1.6;
  }
  .verdict.bad .icon {
    color: var(--vscode-editorError-foreground);
  }
  @media (max-width: 440px) {
    .claims,
    .claims tbody,
    .claims tbody :is(tr, th, td) {
      display: block;
      width: auto;
    }
    .claims tbody th {
      padding-bottom: 0;
    }
    .claims tbody td {
      padding-top: 0;
      padding-bottom: 6px;
    }
  }
`;
