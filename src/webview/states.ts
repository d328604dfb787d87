import { css, html, nothing, type TemplateResult } from 'lit';
import { fill, formatDuration, formatNumber } from './format';
import type { RunState } from '../shared/viewModel';
import { notice } from './notice';
import type { View } from './view';

/** Nothing was sent yet: one button, the one that gets further. */
export function idleState({ model, strings, post, send }: View): TemplateResult {
  const { request, auth } = model;
  if (!request) {
    const openFile = (): void => post({ type: 'action', action: 'openRequestFile' });
    return notice({ iconName: 'empty', title: strings.noRequests, more: button(strings.openFile, openFile) });
  }
  const [label, onClick, hint] =
    auth.kind === 'notSignedIn'
      ? [
          fill(strings.signIn, { connection: auth.connection }),
          () => post({ type: 'action', action: 'signIn' }),
          fill(strings.idleSignIn, { connection: auth.connection }),
        ]
      : [strings.send, send, fill(strings.idleText, { name: request.name })];
  const text = request.description ?? hint;
  return notice({ iconName: 'paperPlane', title: strings.idleTitle, text, more: button(label, onClick) });
}

/** One element for whatever there is to do, so that the focus stays on it. */
function button(label: string, onClick: () => void): TemplateResult {
  return html`<button class="secondary" @click=${onClick}>${label}</button>`;
}

/** On its way: for how long, to whom; or waiting for the user. Cancel is where Send was. */
export function sendingState(
  { model, strings }: View,
  { startedAt, note }: RunState & { readonly kind: 'sending' },
): TemplateResult {
  const more = note === undefined ? undefined : html`<p>${note}</p>`;
  if (startedAt === undefined)
    return notice({ iconName: 'question', title: strings.asking, text: strings.askingText, more });
  const host = /^[a-z][a-z+.-]*:\/\/([^/?#]+)/i.exec(model.request?.url ?? '')?.[1];
  return html`<div class="notice sending">
    <span class="spinner"></span>
    <h2>${host === undefined ? strings.sending : fill(strings.waitedFor, { host })}</h2>
    ${more ?? nothing}
    <p class="quiet numbers" aria-hidden="true">
      <latchkey-ticking-text every="100" .text=${(now: number) => elapsed(now - startedAt)}></latchkey-ticking-text>
    </p>
  </div>`;
}

/** To the tenth of a second: more would only flicker. */
function elapsed(milliseconds: number): string {
  if (milliseconds >= 60_000) return formatDuration(milliseconds);
  return `${formatNumber(Math.max(0, milliseconds) / 1000, 1, 1)} s`;
}

/** The person cancelled: nothing went wrong. */
export function cancelledState({ strings, send }: View): TemplateResult {
  return notice({
    iconName: 'circleSlash',
    title: strings.cancelled,
    text: strings.cancelledText,
    more: button(strings.sendAgain, send),
  });
}

/** A thin bar under the request line while something is on its way, as VS Code's views have it. */
export function progressBar(busy: boolean): TemplateResult {
  return html`<div class="progress">${busy ? html`<div class="progress-bit"></div>` : nothing}</div>`;
}

export const statesStyles = css`
  .sending .spinner {
    width: 24px;
    height: 24px;
    margin-bottom: 12px;
  }
  .progress {
    flex: none;
    position: relative;
    height: 2px;
    overflow: hidden;
  }
  .progress-bit {
    position: absolute;
    inset: 0 auto 0 0;
    width: 20%;
    background: var(--vscode-progressBar-background);
    animation: slide 2s steps(40) infinite;
  }
  @keyframes slide {
    from {
      translate: -100%;
    }
    to {
      translate: 500%;
    }
  }
`;
