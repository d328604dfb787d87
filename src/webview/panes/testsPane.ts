import { css, html, nothing, type TemplateResult } from 'lit';
import type { CaptureView, ExchangeView, ExpectationView } from '../../shared/viewModel';
import { fill } from '../format';
import { icon } from '../icons';
import { notice } from '../notice';
import type { View } from '../view';

/** What the request file expected, whether it held, and what was captured. */
export function testsPane(
  view: View,
  { expectations, captures }: Pick<ExchangeView, 'expectations' | 'captures'>,
): TemplateResult {
  const { strings } = view;
  if (expectations.length + captures.length === 0) {
    return notice({ iconName: 'check', title: strings.noTests, text: strings.testsHint });
  }
  return html`<div class="scroll ring-inside" tabindex="0" role="region" aria-label=${strings.tests}>
    ${
      expectations.length === 0
        ? nothing
        : html`<ul class="tests">
            ${expectations.map((expectation) => testRow(view, expectation))}
          </ul>`
    }
    ${captures.length === 0 ? nothing : captureList(view, captures)}
  </div>`;
}

function testRow({ strings }: View, { what, ok, actual }: ExpectationView): TemplateResult {
  return html`<li class=${ok ? 'passed' : 'failed'}>
    ${icon(ok ? 'check' : 'error')}<span class="hidden-text">${ok ? strings.testPassed : strings.testFailed}</span>
    <span class="what mono">${what}</span>
    ${ok || actual === undefined ? nothing : html`<span class="quiet">${fill(strings.testActual, { actual })}</span>`}
  </li>`;
}

function captureList({ strings }: View, captures: readonly CaptureView[]): TemplateResult {
  return html`<h3 class="captured" id="captured">${strings.captured}</h3>
    <dl class="captures" aria-labelledby="captured">
      ${captures.map(
        ({ name, from, value }) =>
          html`<dt class="mono">${name}</dt>
            <dd>
              <span class="mono">${value}</span>
              <span class="quiet">${fill(strings.capturedFrom, { source: from })}</span>
            </dd>`,
      )}
    </dl>`;
}

export const testsPaneStyles = css`
  .tests {
    margin: 0;
    padding: 8px 12px;
    list-style: none;
  }
  .tests li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 8px;
    min-height: 24px;
  }
  .tests .what {
    font-size: 12px;
  }
  .tests .passed .icon {
    color: var(--vscode-charts-green);
  }
  .tests .failed .icon {
    color: var(--vscode-testing-iconFailed);
  }
  .captured {
    margin: 8px 12px 4px;
    font-size: inherit;
    font-weight: 600;
  }
  .captures {
    display: grid;
    grid-template-columns: max-content 1fr;
    gap: 4px 12px;
    margin: 0;
    padding: 0 12px 8px;
    font-size: 12px;
  }
  .captures dd {
    min-width: 0;
    margin: 0;
    overflow-wrap: anywhere;
  }
  .captures .mono {
    margin-inline-end: 8px;
  }
`;
