import { html, type TemplateResult } from 'lit';
import { icon } from './icons';
import type { View } from './view';

/** Why the request cannot be edited in fields, and the way to where it can. */
export function editRefusal({ strings, post }: View, message: string): TemplateResult {
  return html`<section class="strip" aria-label=${message}>
    ${icon('info')}
    <p>${message}</p>
    <button class="secondary" @click=${() => post({ type: 'action', action: 'openRequestFile' })}>
      ${strings.openFile}
    </button>
  </section>`;
}
