import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { InspectorModel, SessionInspection } from '../../shared/inspectorModel';
import type { InspectorAction } from '../../shared/inspectorProtocol';
import type { InspectorStrings } from '../../shared/inspectorStrings';
import { notice } from '../notice';
import { accountHeader } from './accountHeader';
import { answerSection, capturedSection, idTokenSection, insideSection } from './claimSections';
import { destinationsSection } from './destinationsSection';
import type { InspectorView } from './inspectorView';
import { scopesSection } from './scopesSection';
import { inspectorStyles } from './styles';
import { tokenSection } from './tokenSection';

/** Milliseconds between two drawings: the times that are left are shown to the second. */
const tick = 1000;

/** Shows a session. Needs nothing but its properties, so it can be part of another page. */
export class TokenInspector extends LitElement {
  static override properties = {
    model: { attribute: false },
    strings: { attribute: false },
    act: { attribute: false },
  };

  declare model: InspectorModel | undefined;
  declare strings: InspectorStrings | undefined;
  declare act: (action: InspectorAction) => void;

  static override styles = inspectorStyles;

  #timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => this.requestUpdate(), tick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { model, strings, act } = this;
    if (!model || !strings) return nothing;
    const view: InspectorView = { model, strings, act, now: Date.now() };
    const { session } = model;
    return html`<div class="page">${session ? this.#session(view, session) : noSession(view)}</div>`;
  }

  #session(view: InspectorView, session: SessionInspection): TemplateResult {
    const { token, idToken, captured } = session;
    return html`${accountHeader(view, session)}
    ${view.model.answer ? answerSection(view, session, view.model.answer) : nothing}
    ${token ? tokenSection(view, session, token) : html`<p class="quiet lead">${view.strings.endedText}</p>`}
    ${scopesSection(view, session)} ${destinationsSection(view, session)}
    ${token ? insideSection(view, session, token.content) : nothing}
    ${idToken ? idTokenSection(view, session, idToken) : nothing}
    ${captured.claims.length > 0 ? capturedSection(view, captured) : nothing}`;
  }
}

/** It was signed out, or it cannot be read now, which is not the same. */
function noSession({ strings, model: { failure } }: InspectorView): TemplateResult {
  if (failure) return notice({ iconName: 'error', tone: 'bad', title: failure.message, text: failure.next });
  return notice({ iconName: 'circleSlash', title: strings.goneTitle, text: strings.goneText });
}
