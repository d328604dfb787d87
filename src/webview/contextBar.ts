import { css, html, nothing, type TemplateResult } from 'lit';
import { timeToEnd } from '../shared/signInEnd';
import type { AuthView, RunnerAction } from '../shared/viewModel';
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
  const { active, available, isProtected } = model.environment;
  if (!available && active === undefined) return undefined;
  const name = active === undefined ? strings.noEnvironment : fill(strings.environment, { name: active });
  return html`<button
    class="chip ${isProtected ? 'protected' : ''}"
    title=${isProtected ? `${strings.chooseEnvironment}. ${strings.protectedHint}` : strings.chooseEnvironment}
    aria-label=${isProtected ? fill(strings.protectedEnvironment, { 0: name }) : name}
    @click=${() => post({ type: 'action', action: 'selectEnvironment' })}
  >
    ${icon(isProtected ? 'shield' : 'environment')}<span class="label ${active === undefined ? 'quiet' : ''}"
      >${active ?? strings.noEnvironment}</span
    >
  </button>`;
}

function accountChip(view: View): TemplateResult {
  const { strings, model } = view;
  const { auth } = model;
  switch (auth.kind) {
    case 'none':
      return stillChip({ iconName: 'unlocked', text: strings.noAuth, isQuiet: true });
    case 'auto':
      return stillChip({ iconName: 'key', text: strings.autoAuth, isQuiet: true, title: strings.autoAuthHint });
    case 'credentials':
      return stillChip({ iconName: 'key', text: auth.label, title: strings.credentialsHint });
    case 'notSignedIn': {
      const text = fill(strings.signIn, { connection: auth.connection });
      return chipButton(view, { kind: 'call', iconName: 'key', text, title: strings.notSignedIn, action: 'signIn' });
    }
    case 'signingIn':
      return chipButton(view, { kind: 'busy', text: strings.signingIn });
    case 'signedIn':
      return signedInChip(view, auth);
    case 'signInAgain': {
      const title = fill(strings.signInAgainHint, { account: auth.account, connection: auth.connection });
      const text = strings.signInAgain;
      return chipButton(view, { kind: 'call', iconName: 'warning', text, title, action: 'signIn' });
    }
    case 'unknownConnection': {
      const text = fill(strings.unknownConnection, { connection: auth.connection });
      return chipButton(view, { kind: 'bad', iconName: 'error', text, title: text, action: 'openProjectFile' });
    }
  }
}

interface StillChip {
  readonly iconName: IconName;
  readonly text: string;
  readonly isQuiet?: boolean;
  readonly title?: string;
}

function stillChip({ iconName, text, isQuiet = false, title }: StillChip): TemplateResult {
  return html`<span class="chip still ${isQuiet ? 'quiet' : ''}" title=${title ?? nothing}
    >${icon(iconName)}<span class="label">${text}</span></span
  >`;
}

interface ChipButton {
  readonly kind: 'call' | 'bad' | 'busy' | 'plain';
  /** Absent: something is on its way. */
  readonly iconName?: IconName;
  readonly text: string | TemplateResult;
  readonly title?: string;
  /** Absent: there is nothing to do but to wait. */
  readonly action?: RunnerAction;
  /** Behind the text. */
  readonly more?: TemplateResult | undefined;
  /** Behind the button. */
  readonly beside?: TemplateResult;
}

/** One element for whatever the account is at, so that the focus stays on it. */
function chipButton({ post }: View, { kind, iconName, text, title, action, more, beside }: ChipButton): TemplateResult {
  return html`<span class="account"
    ><button
      class="chip ${kind}"
      title=${title ?? nothing}
      aria-disabled=${action ? nothing : 'true'}
      @click=${() => action && post({ type: 'action', action })}
    >
      ${iconName ? icon(iconName) : html`<span class="spinner"></span>`}<span class="label">${text}</span
      >${more}</button
    >${beside}</span
  >`;
}

type SignedIn = Extract<AuthView, { kind: 'signedIn' }>;

function signedInChip(view: View, auth: SignedIn): TemplateResult {
  const { strings, post } = view;
  const { account, connection } = auth;
  return chipButton(view, {
    kind: 'plain',
    iconName: 'account',
    title: fill(strings.signedInHint, { account, connection }),
    text: html`${account}${account === connection ? undefined : html`<span class="quiet"> · ${connection}</span>`}`,
    action: 'switchAccount',
    more:
      expiryText(auth, Date.now(), strings) === ''
        ? undefined
        : html`<span class="quiet numbers expiry"
            >·&nbsp;<latchkey-ticking-text
              .text=${(now: number) => expiryText(auth, now, strings)}
            ></latchkey-ticking-text
          ></span>`,
    beside: tool({
      label: strings.inspectToken,
      iconName: 'inspect',
      onClick: () => post({ type: 'action', action: 'inspectToken' }),
    }),
  });
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
  .chip:not(.still, .busy):hover {
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
  .chip.busy {
    cursor: default;
  }
  .chip.call {
    color: var(--vscode-textLink-foreground);
  }
  .chip.protected .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .chip.bad .icon {
    color: var(--vscode-editorError-foreground);
  }
`;
