import { html, type TemplateResult } from 'lit';
import type { HeaderView } from '../../shared/viewModel';
import type { View } from '../view';

/** The response's headers, as they came. */
export function headersPane({ strings, post, ui }: View, headers: readonly HeaderView[]): TemplateResult {
  if (headers.length === 0) return html`<p class="pane quiet">${strings.noHeaders}</p>`;
  return html`<latchkey-headers
    .headers=${headers}
    .strings=${strings}
    .events=${{
      copyAll: () => post({ type: 'copy', what: 'headers', form: ui.form }),
      copyOne: (index: number) => post({ type: 'copyHeader', index }),
    }}
  ></latchkey-headers>`;
}

/** A table of names and values; long values wrap. */
export function headerTable({ strings }: View, headers: readonly HeaderView[]): TemplateResult {
  return html`<table class="headers">
    <thead class="hidden-text">
      <tr>
        <th scope="col">${strings.headerName}</th>
        <th scope="col">${strings.headerValue}</th>
      </tr>
    </thead>
    <tbody>
      ${headers.map(
        ({ name, value }) =>
          html`<tr>
            <th scope="row" class="mono">${name}</th>
            <td class="mono">${value}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
