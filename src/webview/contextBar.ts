import { css, html, type TemplateResult } from 'lit';
import { timeToEnd } from '../shared/signInEnd';
import type { AuthView } from '../shared/viewModel';
import { fill, formatTimeLeft } from './format';
import { icon, type IconName } from './icons';
import { tool } from './tool';
import type { View } from './view';

/** First line: which request, in which environment, as whom. */
export function contextBar(view: View): TemplateResult {
  const { model, strings, post } = view;
  return html`<div class="context">
    <div class="which">
      <latchkey-request-picker
        .requests=${model.requests}
        .selected=${model.request?.name}
        .strings=${strings}
        .choose=${(name: string) => post({ type: 'selectRequest', name })}
      ></latchkey-request-picker>
      ${model.request ? historyMenu(view, model.request.name) : undefined} ${model.request ? pinTool(view) : undefined}
    </div>
    <div class="chips">${environmentChip(view)} ${accountChip(view)}</div>
  </div>`;
}

function historyMenu({ strings, post, history }: View, name: string): TemplateResult {
  return html`<latchkey-history-menu
    .request=${name}
    .items=${history}
    .strings=${strings}
    .events=${{
      load: () => post({ type: 'listHistory' }),
      open: (id: string) => post({ type: 'openHistory', id }),
      compare: (id: string) => post({ type: 'compare', with: { kind: 'entry', id } }),
    }}
  ></latchkey-history-menu>`;
}

function pinTool({ model: { isPinned }, strings, post }: View): TemplateResult {
  const onClick = (): void => post({ type: 'pin', isPinned: !isPinned });
  return tool({ label: strings.pin, iconName: 'pin', isPressed: isPinned, onClick });
}

function environmentChip({ model, strings, post }: View): TemplateResult | undefined {
  const { active, available } = model.environment;
  if (!available && active === undefined) return undefined;
  return html`<button
    class="chip"
    title=${strings.chooseEnvironment}
    aria-label=${active === undefined ? strings.noEnvironment : fill(strings.environment, { name: active })}
    @click=${() => post({ type: 'action', action: 'selectEnvironment' })}
  >
    ${icon('layers')}<span class="label ${active === undefined ? 'quiet' : ''}"
      >${active ?? strings.noEnvironment}</span
    >
  </button>`;
}

function accountChip(view: View): TemplateResult {
  const { strings } = view;
  const { auth } = view.model;
  switch (auth.kind) {
    case 'none':
      return html`<span class="chip still quiet"
        >${icon('unlocked')}<span class="label">${strings.noAuth}</span></span
      >`;
    case 'auto':
      return html`<span class="chip still quiet" title=${strings.autoAuthHint}
        >${icon('key')}<span class="label">${strings.autoAuth}</span></span
      >`;
    case 'credentials':
      return html`<span class="chip still" title=${strings.credentialsHint}
        >${icon('key')}<span class="label">${auth.label}</span></span
      >`;
    case 'notSignedIn': {
      const text = fill(strings.signIn, { connection: auth.connection });
      return chipButton(view, { kind: 'call', iconName: 'key', text, title: strings.notSignedIn, action: 'signIn' });
    }
    case 'signingIn':
      return html`<span class="chip still"
        ><span class="spinner"></span><span class="label">${strings.signingIn}</span></span
      >`;
    case 'signedIn':
      return signedInChip(view, auth);
    case 'signInAgain': {
      const title = fill(strings.signInAgainHint, { account: auth.account, connection: auth.connection });
      return chipButton(view, {
        kind: 'call',
        iconName: 'warning',
        text: strings.signInAgain,
        title,
        action: 'signIn',
      });
    }
    case 'unknownConnection': {
      const text = fill(strings.unknownConnection, { connection: auth.connection });
      return chipButton(view, { kind: 'bad', iconName: 'error', text, title: text, action: 'openProjectFile' });
    }
  }
}

interface ChipButton {
  readonly kind: 'call' | 'bad';
  readonly iconName: IconName;
  readonly text: string;
  readonly title: string;
  readonly action: 'signIn' | 'openProjectFile';
}

function chipButton({ post }: View, { kind, iconName, text, title, action }: ChipButton): TemplateResult {
  return html`<button class="chip ${kind}" title=${title} @click=${() => post({ type: 'action', action })}>
    ${icon(iconName)}<span class="label">${text}</span>
  </button>`;
}

type SignedIn = Extract<AuthView, { kind: 'signedIn' }>;

function signedInChip({ strings, post }: View, auth: SignedIn): TemplateResult {
  const { account, connection } = auth;
  return html`<span class="account"
    >${accountButton()}<button
      class="tool"
      title=${strings.inspectToken}
      aria-label=${strings.inspectToken}
      @click=${() => post({ type: 'action', action: 'inspectToken' })}
    >
      ${icon('inspect')}
    </button></span
  >`;

  function accountButton(): TemplateResult {
    return html`<button
      class="chip"
      title=${fill(strings.signedInHint, { account, connection })}
      @click=${() => post({ type: 'action', action: 'switchAccount' })}
    >
      ${icon('account')}<span class="label"
        >${account}${account === connection ? undefined : html`<span class="quiet"> · ${connection}</span>`}</span
      >${
        expiryText(auth, Date.now(), strings) === ''
          ? undefined
          : html`<span class="quiet numbers expiry"
              >·&nbsp;<latchkey-ticking-text
                .text=${(now: number) => expiryText(auth, now, strings)}
              ></latchkey-ticking-text
            ></span>`
      }
    </button>`;
  }
}

/** An end that only the user can put off comes before one that passes by itself. Empty: nothing is known. */
function expiryText({ expiresAt, refreshable, endsAt }: SignedIn, now: number, strings: View['strings']): string {
  const toEnd = refreshable ? timeToEnd(endsAt, now) : undefined;
  if (toEnd !== undefined) return fill(strings.signInEndsIn, { time: formatTimeLeft(toEnd) });
  if (expiresAt === undefined) return '';
  if (expiresAt > now) return fill(strings.expiresIn, { time: formatTimeLeft(expiresAt - now) });
  return refreshable && (endsAt === undefined || endsAt > now) ? strings.renews : strings.expired;
}

export const contextBarStyles = css`
  .context {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
  }
  .which {
    display: flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
  }
  /* One line for as long as an account can be made out in it. */
  .chips {
    display: flex;
    gap: 4px;
    min-width: 0;
    max-width: 100%;
    margin: 0 -6px;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-width: 0;
    max-width: 100%;
    height: 24px;
    padding: 0 6px;
    color: var(--vscode-foreground);
    background: none;
    border: 1px solid transparent;
    border-radius: 4px;
  }
  .account {
    display: inline-flex;
    min-width: 0;
    max-width: 100%;
  }
  .account .tool {
    flex: none;
  }
  .chips > :first-child:not(:last-child) {
    flex: none;
    max-width: 50%;
  }
  @media (max-width: 420px) {
    .chips {
      flex-wrap: wrap;
    }
    .chips > :first-child:not(:last-child) {
      max-width: 100%;
    }
  }
  .chip.quiet {
    color: var(--vscode-descriptionForeground);
  }
  .chip:not(.still):hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .chip .label,
  .chip .expiry {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip .expiry {
    flex: none;
  }
  .chip.call {
    color: var(--vscode-textLink-foreground);
  }
  .chip.bad .icon {
    color: var(--vscode-editorError-foreground);
  }
`;
