import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from './icons';

/** A button with a picture and no words. */
export interface Tool {
  readonly label: string;
  readonly iconName: IconName;
  readonly onClick: () => void;
  /** Of one that stays pressed. */
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
}

export function tool({ label, iconName, onClick, isPressed, isDisabled = false }: Tool): TemplateResult {
  return html`<button
    class="tool"
    title=${label}
    aria-label=${label}
    aria-pressed=${isPressed ?? nothing}
    ?disabled=${isDisabled}
    @click=${onClick}
  >
    ${icon(iconName)}
  </button>`;
}
