import { css, html, nothing, type TemplateResult } from 'lit';
import type { SessionInspection } from '../../shared/inspectorModel';
import { fill } from '../format';
import { icon, type IconName } from '../icons';
import type { InspectorView } from './inspectorView';

/** Who it is, how it stands, and what can be done about it. */
export function accountHeader(view: InspectorView, session: SessionInspection): TemplateResult {
  const { strings, model } = view;
  const { account, connection, issuer } = session;
  return html`<header>
    <div class="who">
      <h1>${icon('account')}<span>${account}</span></h1>
      ${standing(view, session)}
    </div>
    <p class="quiet via">${fill(strings.via, { connection, issuer })}</p>
    ${actionBar(view, session)}
    ${
      model.failure
        ? html`<div class="trouble" role="alert">
            ${icon('error')}
            <p><b>${model.failure.message}</b><br />${model.failure.next}</p>
          </div>`
        : nothing
    }
  </header>`;
}

type Tone = 'good' | 'warn' | 'bad';
const toneIcons: Readonly<Record<Tone, IconName>> = { good: 'check', warn: 'warning', bad: 'error' };

function standing({ strings, now }: InspectorView, { state, token }: SessionInspection): TemplateResult {
  const pill = (tone: Tone, text: string): TemplateResult =>
    html`<span class="standing ${tone}">${icon(toneIcons[tone])}${text}</span>`;
  if (state === 'signInAgain' || !token) return pill('bad', strings.ended);
  if (token.expiresAt === undefined) return pill('good', strings.unknownExpiry);
  return token.expiresAt > now ? pill('good', strings.active) : pill('warn', strings.expired);
}

function actionBar({ strings, model, act }: InspectorView, { can, state, token }: SessionInspection): TemplateResult {
  const { busy } = model;
  const isOver = state === 'signInAgain';
  return html`<div class="actions" role="group" aria-label=${strings.actions}>
    ${
      isOver
        ? html`<button class="primary" @click=${() => act('signIn')}>${strings.signIn}</button>`
        : html`<button
            class="primary"
            ?disabled=${!can.refresh || busy !== undefined}
            title=${can.refresh ? nothing : strings.cannotRefresh}
            @click=${() => act('refresh')}
          >
            ${workIcon(busy === 'refresh', 'refresh')}${strings.refresh}
          </button>`
    }
    <button
      class="secondary"
      ?disabled=${!can.introspect || busy !== undefined}
      title=${can.introspect || isOver ? nothing : strings.cannotIntrospect}
      @click=${() => act('introspect')}
    >
      ${workIcon(busy === 'introspect', 'question')}${strings.introspect}
    </button>
    <button class="secondary" ?disabled=${!token} @click=${() => act('copyToken')}>
      ${icon('copy')}${strings.copyToken}
    </button>
    <button class="secondary" @click=${() => act('signOut')}>${icon('signOut')}${strings.signOut}</button>
  </div>`;
}

/** What is being done turns; the button keeps its size. */
function workIcon(isBusy: boolean, iconName: IconName): TemplateResult {
  return isBusy ? html`<span class="spinner"></span>` : icon(iconName);
}

export const accountHeaderStyles = css`
  header {
    padding: 16px 0 12px;
  }
  .who {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
  }
  h1 {
    display: flex;
    align-items: center;
    gap: 8px;
    min-width: 0;
    margin: 0;
    font-size: 18px;
    font-weight: 400;
    line-height: 24px;
    overflow-wrap: anywhere;
  }
  h1 .icon {
    width: 20px;
    height: 20px;
    stroke-width: 1;
  }
  .via {
    margin: 2px 0 12px;
    overflow-wrap: anywhere;
  }
  .standing {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .standing.good .icon {
    color: var(--vscode-charts-green);
    stroke-width: 1.6;
  }
  .standing.warn .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .standing.bad .icon {
    color: var(--vscode-editorError-foreground);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .actions button {
    padding: 0 10px 0 8px;
  }
  .trouble {
    display: flex;
    gap: 8px;
    margin-top: 12px;
    padding: 8px 12px 8px 8px;
    color: var(--vscode-inputValidation-errorForeground, var(--vscode-foreground));
    background: var(--vscode-inputValidation-errorBackground);
    border: 1px solid var(--vscode-inputValidation-errorBorder);
    border-radius: 4px;
    overflow-wrap: anywhere;
  }
  .trouble p {
    margin: 0;
  }
  .trouble b {
    font-weight: 600;
  }
  .trouble .icon {
    margin-top: 1px;
    color: var(--vscode-editorError-foreground);
  }
  @media (max-width: 440px) {
    .actions button {
      flex: 1 1 calc(50% - 4px);
    }
  }
`;
