import { css, html, nothing, type TemplateResult } from 'lit';
import type { PastView } from '../shared/historyView';
import { fill, formatAgo, formatMoment } from './format';
import { icon } from './icons';
import type { View } from './view';

/** Says that an older send is shown, and leads back to the latest where there is one in this window. */
export function pastBanner({ strings, post }: View, { at, environment, isLatest }: PastView): TemplateResult {
  const text = (now: number): string =>
    environment === undefined
      ? fill(strings.past, { time: formatAgo(at, now) })
      : fill(strings.pastIn, { time: formatAgo(at, now), environment });
  return html`<section
    class="strip past"
    aria-label=${text(Date.now())}
    title="${formatMoment(at)}. ${strings.pastNote}"
  >
    ${icon('history')}
    <p><latchkey-ticking-text .text=${text}></latchkey-ticking-text></p>
    ${
      isLatest
        ? nothing
        : html`<button class="secondary" @click=${() => post({ type: 'showLatest' })}>${strings.showLatest}</button>`
    }
  </section>`;
}

export const pastBannerStyles = css`
  .past .secondary {
    min-height: 24px;
    padding: 0 8px;
  }
`;
