import { css, html, nothing, type TemplateResult } from 'lit';
import type { ExpectationView } from '../../shared/viewModel';
import { fill } from '../format';
import { icon } from '../icons';
import { notice } from '../notice';
import type { View } from '../view';

/** What the request file expected, and whether it held. */
export function testsPane(view: View, expectations: readonly ExpectationView[]): TemplateResult {
  const { strings } = view;
  if (expectations.length === 0) {
    return notice({ iconName: 'check', title: strings.noTests, text: strings.testsHint });
  }
  return html`<div class="scroll ring-inside" tabindex="0" role="region" aria-label=${strings.tests}>
    <ul class="tests">
      ${expectations.map((expectation) => testRow(view, expectation))}
    </ul>
  </div>`;
}

function testRow({ strings }: View, { what, ok, actual }: ExpectationView): TemplateResult {
  return html`<li class=${ok ? 'passed' : 'failed'}>
    ${icon(ok ? 'check' : 'error')}<span class="hidden-text">${ok ? strings.testPassed : strings.testFailed}</span>
    <span class="what mono">${what}</span>
    ${ok || actual === undefined ? nothing : html`<span class="quiet">${fill(strings.testActual, { actual })}</span>`}
  </li>`;
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
`;
