import { css, html, type TemplateResult } from 'lit';
import type { ScopeView, SessionInspection } from '../../shared/inspectorModel';
import type { InspectorStringKey } from '../../shared/inspectorStrings';
import { icon, type IconName } from '../icons';
import type { InspectorView } from './inspectorView';
import { section } from './section';

const looks: Readonly<Record<ScopeView['state'], { readonly iconName: IconName; readonly text: InspectorStringKey }>> =
  {
    granted: { iconName: 'check', text: 'scopeGranted' },
    missing: { iconName: 'warning', text: 'scopeMissing' },
    extra: { iconName: 'add', text: 'scopeExtra' },
  };

/** What was asked for and what was granted; a difference is said in words. */
export function scopesSection({ strings }: InspectorView, { scopes }: SessionInspection): TemplateResult {
  const content =
    scopes.length === 0
      ? html`<p class="quiet lead">${strings.noScopes}</p>`
      : html`<ul class="scopes">
          ${scopes.map(({ name, state }) => {
            const { iconName, text } = looks[state];
            return html`<li class=${state}>
              ${icon(iconName)}<span class="mono">${name}</span>
              <span class=${state === 'granted' ? 'hidden-text' : 'quiet'}>${strings[text]}</span>
            </li>`;
          })}
        </ul>`;
  return section({ id: 'scopes', title: strings.scopes, content });
}

export const scopesSectionStyles = css`
  .scopes {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .scopes li {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 4px;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .scopes .mono {
    min-width: 0;
    font-size: 12px;
  }
  .scopes .granted .icon {
    color: var(--vscode-charts-green);
    stroke-width: 1.6;
  }
  .scopes .missing .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .scopes .extra .icon {
    color: var(--vscode-editorInfo-foreground);
  }
`;
