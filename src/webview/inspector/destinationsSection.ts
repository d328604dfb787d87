import { css, html, nothing, type TemplateResult } from 'lit';
import type { Destination, SessionInspection } from '../../shared/inspectorModel';
import { fill } from '../format';
import { icon } from '../icons';
import type { InspectorView } from './inspectorView';
import { section } from './section';

const loopback = /^http:\/\/(localhost|[^/]+\.localhost|127\.[\d.]+|\[::1\])(:\d+)?$/;

/** Where the user allowed the token to go, and on behalf of which folders. */
export function destinationsSection(view: InspectorView, { destinations }: SessionInspection): TemplateResult {
  const { strings } = view;
  const content =
    destinations.length === 0
      ? html`<p class="quiet lead">${strings.noDestinations}</p>`
      : html`<p class="quiet lead">${strings.destinationsText}</p>
          <ul class="destinations">
            ${destinations.map((destination) => destinationItem(view, destination))}
          </ul>`;
  return section({ id: 'destinations', title: strings.destinations, content });
}

function destinationItem({ strings }: InspectorView, { origin, folders, told }: Destination): TemplateResult {
  const isInTheClear = origin.startsWith('http:') && !loopback.test(origin);
  return html`<li class=${isInTheClear ? 'in-the-clear' : ''}>
    ${icon(isInTheClear ? 'unlocked' : 'arrowRight')}
    <span class="place"
      ><span class="mono">${origin}</span>
      ${isInTheClear ? html`<span class="danger">${strings.notEncrypted}</span>` : nothing}
      ${told ? html`<span class="quiet">${strings.destinationTold}</span>` : nothing}
      <span class="quiet">${fill(strings.destinationFor, { folders: folders.join(', ') })}</span></span
    >
  </li>`;
}

export const destinationsSectionStyles = css`
  .destinations {
    display: flex;
    flex-direction: column;
    gap: 4px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .destinations li {
    display: flex;
    gap: 8px;
    overflow-wrap: anywhere;
  }
  .destinations .icon {
    margin-top: 1px;
  }
  .place {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
  }
  .destinations .mono {
    font-size: 12px;
  }
  .destinations span {
    min-width: 0;
  }
  .danger {
    font-weight: 600;
  }
  .in-the-clear .icon {
    color: var(--vscode-editorError-foreground);
  }
`;
