import { css, html, nothing, type TemplateResult } from 'lit';
import type { ExchangeView } from '../shared/viewModel';
import { formatNumber } from './format';
import { icon } from './icons';
import { shownTab, tabsOf } from './shownTab';
import { labelOf } from './streamList';
import type { TabName } from './uiState';
import type { View } from './view';

/**
 * The tabs of a response: one tab stop, arrows move and choose (ARIA Authoring Practices, automatic activation). Where
 * there is no room for all, they scroll as the tabs of VS Code's editors do: by the wheel, too.
 */
export function tabStrip(view: View, exchange: ExchangeView): TemplateResult {
  return html`<div
    class="tabs"
    role="tablist"
    aria-label=${view.strings.tabs}
    @keydown=${(event: KeyboardEvent) => onKeydown(event, view, exchange)}
    @wheel=${onWheel}
  >
    ${tabsOf(exchange).map((tab) => tabButton(view, exchange, tab))}
  </div>`;
}

/** The panel that belongs to the tabs. */
export function tabPanel(tab: TabName, content: TemplateResult): TemplateResult {
  return html`<div id="panel" class="panel" role="tabpanel" aria-labelledby="tab-${tab}">${content}</div>`;
}

function tabButton({ ui, strings, changeUi }: View, exchange: ExchangeView, tab: TabName): TemplateResult {
  const isChosen = shownTab(ui.tab, exchange) === tab;
  const label = tab === 'stream' && exchange.stream ? strings[labelOf(exchange.stream.kind)] : strings[tab];
  return html`<button
    id="tab-${tab}"
    class="tab ring-inside"
    role="tab"
    aria-selected=${isChosen}
    aria-controls=${isChosen ? 'panel' : nothing}
    tabindex=${isChosen ? 0 : -1}
    @click=${() => changeUi({ tab })}
  >
    <span class="tab-label">${label}${tabBadge(exchange, tab)}</span>
  </button>`;
}

function tabBadge(exchange: ExchangeView, tab: TabName): TemplateResult | typeof nothing {
  if (tab === 'headers') return html`<span class="count numbers">${formatNumber(exchange.headers.length)}</span>`;
  if (tab === 'cookies') {
    const count = exchange.cookies.sent.length + exchange.cookies.received.length;
    return count === 0 ? nothing : html`<span class="count numbers">${formatNumber(count)}</span>`;
  }
  if (tab !== 'tests' || exchange.expectations.length === 0) return nothing;
  const passed = exchange.expectations.filter(({ ok }) => ok).length;
  const all = exchange.expectations.length;
  const isGood = passed === all;
  return html`<span class="verdict ${isGood ? 'good' : 'bad'} numbers"
    >${icon(isGood ? 'check' : 'error')}${passed}/${all}</span
  >`;
}

function onKeydown(event: KeyboardEvent, { ui, changeUi }: View, exchange: ExchangeView): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const tabs = tabsOf(exchange);
  const at = tabs.indexOf(shownTab(ui.tab, exchange));
  const targets: Readonly<Record<string, number>> = {
    ArrowRight: (at + 1) % tabs.length,
    ArrowLeft: (at + tabs.length - 1) % tabs.length,
    Home: 0,
    End: tabs.length - 1,
  };
  const tab = tabs[targets[event.key] ?? -1];
  if (!tab) return;
  event.preventDefault();
  changeUi({ tab });
  const strip = event.currentTarget as HTMLElement;
  strip.querySelector<HTMLElement>(`#tab-${tab}`)?.focus();
}

/** A wheel that turns up and down moves them as well. */
function onWheel(event: WheelEvent): void {
  const strip = event.currentTarget as HTMLElement;
  if (event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
  if (strip.scrollWidth <= strip.clientWidth) return;
  event.preventDefault();
  strip.scrollLeft += event.deltaY;
}

/** Scrolls the tabs so that the chosen one is in sight. */
export function revealChosenTab(root: ParentNode): void {
  root.querySelector('.tab[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

export const tabStripStyles = css`
  .tabs {
    flex: none;
    display: flex;
    padding: 0 4px;
    overflow: auto hidden;
    /* The webview's own colours would bring a bar of the browser's size. */
    scrollbar-color: auto;
    border-bottom: 1px solid var(--vscode-panel-border, transparent);
  }
  .tabs::-webkit-scrollbar {
    height: 3px;
  }
  .tabs::-webkit-scrollbar-thumb {
    background: var(--vscode-scrollbarSlider-background);
  }
  .tabs::-webkit-scrollbar-thumb:hover {
    background: var(--vscode-scrollbarSlider-hoverBackground);
  }
  .tab {
    flex: none;
    height: 32px;
    padding: 0 8px;
    color: var(--vscode-panelTitle-inactiveForeground);
    background: none;
    border: 0;
  }
  .tab-label {
    display: flex;
    align-items: center;
    gap: 4px;
    height: 32px;
    border-bottom: 1px solid transparent;
  }
  .tab:hover {
    color: var(--vscode-panelTitle-activeForeground);
  }
  .tab[aria-selected='true'] {
    color: var(--vscode-panelTitle-activeForeground);
  }
  .tab[aria-selected='true'] .tab-label {
    /* In high contrast the line below all tabs has the colour of the usual mark. */
    border-bottom-color: var(--vscode-contrastActiveBorder, var(--vscode-panelTitle-activeBorder));
    box-shadow: inset 0 -1px var(--vscode-contrastActiveBorder, transparent);
  }
  /* Where the system has colours of its own, every border has one. */
  @media (forced-colors: active) {
    .tab .tab-label {
      border-bottom-color: Canvas;
    }
    .tab[aria-selected='true'] .tab-label {
      border-bottom: 3px solid Highlight;
    }
  }
  .count {
    font-size: 11px;
    color: var(--vscode-descriptionForeground);
  }
  .verdict {
    display: inline-flex;
    align-items: center;
    gap: 2px;
    font-size: 11px;
  }
  .verdict .icon {
    width: 14px;
    height: 14px;
  }
  .verdict.good .icon {
    color: var(--vscode-charts-green);
  }
  .verdict.bad .icon {
    color: var(--vscode-testing-iconFailed);
  }
  .panel {
    flex: 1;
    min-height: 0;
    display: flex;
    flex-direction: column;
  }
`;
