import { css, html, nothing, type TemplateResult } from 'lit';
import type { BodyForm, BodyInfo, ExchangeView } from '../../shared/viewModel';
import { fill, formatNumber, formatSize } from '../format';
import { icon } from '../icons';
import { notice } from '../notice';
import { problemCard } from '../problemCard';
import type { View } from '../view';

type TextBody = Extract<BodyInfo, { kind: 'text' }>;

/** What the pane needs beyond the model: the list of rows and the find bar live longer than one drawing. */
export interface BodyParts {
  readonly rows: TemplateResult;
  readonly findBar: TemplateResult | undefined;
  readonly openFind: () => void;
}

/** The response's body: rows of text, or why there are none. */
export function bodyPane(view: View, exchange: ExchangeView, parts: BodyParts): TemplateResult {
  const { body, problem } = exchange;
  return html`${problem ? problemCard(problem) : nothing} ${bodyContent(view, body, parts)}`;
}

function bodyContent(view: View, body: BodyInfo, parts: BodyParts): TemplateResult {
  const { strings } = view;
  switch (body.kind) {
    case 'empty':
      return notice({ iconName: 'empty', title: strings.emptyTitle, text: strings.emptyText });
    case 'binary': {
      const type = body.mediaType === '' ? strings.unknownType : body.mediaType;
      const text = fill(strings.binaryText, { size: formatSize(body.size), type });
      return notice({ iconName: 'binary', title: strings.binaryTitle, text });
    }
    case 'text':
      return html`${toolbar(view, body, parts)} ${parts.findBar ?? nothing} ${remark(view, body)} ${parts.rows}`;
  }
}

function toolbar(view: View, body: TextBody, { openFind }: BodyParts): TemplateResult {
  const { strings, ui, post, changeUi } = view;
  return html`<div class="pane-bar">
    ${body.hasPretty ? formSwitch(view) : html`<span class="quiet media">${body.mediaType}</span>`}
    <span class="grow"></span>
    <button
      class="tool"
      title=${strings.wrap}
      aria-label=${strings.wrap}
      aria-pressed=${ui.wrap}
      @click=${() => changeUi({ wrap: !ui.wrap })}
    >
      ${icon('wrap')}
    </button>
    ${tool(strings.find, 'search', openFind)}
    ${tool(strings.copyBody, 'copy', () => post({ type: 'copy', what: 'body', form: ui.form }))}
    ${tool(strings.openInEditor, 'openEditor', () => post({ type: 'openBodyInEditor', form: ui.form }))}
  </div>`;
}

function tool(label: string, iconName: Parameters<typeof icon>[0], onClick: () => void): TemplateResult {
  return html`<button class="tool" title=${label} aria-label=${label} @click=${onClick}>${icon(iconName)}</button>`;
}

function formSwitch({ strings, ui, changeUi }: View): TemplateResult {
  const option = (form: BodyForm): TemplateResult =>
    html`<button aria-pressed=${ui.form === form} @click=${() => changeUi({ form })}>${strings[form]}</button>`;
  return html`<div class="switch" role="group" aria-label=${strings.bodyForm}>
    ${option('pretty')}${option('raw')}
  </div>`;
}

/** What the reader should know about what is shown. */
function remark({ strings }: View, { mistake, size, shownBytes }: TextBody): TemplateResult | typeof nothing {
  const texts: string[] = [];
  if (mistake) {
    texts.push(fill(strings.notJson, { line: formatNumber(mistake.line), column: formatNumber(mistake.column) }));
  }
  if (shownBytes < size) {
    texts.push(fill(strings.truncated, { shown: formatSize(shownBytes), size: formatSize(size) }));
  }
  return texts.length === 0 ? nothing : html`<p class="remark">${icon('info')}<span>${texts.join(' ')}</span></p>`;
}

export const bodyPaneStyles = css`
  .switch {
    display: inline-flex;
    height: 24px;
    padding: 0;
    border: 1px solid var(--vscode-widget-border, transparent);
    border-radius: 4px;
  }
  .switch button {
    height: 22px;
    padding: 0 8px;
    font-size: 12px;
    color: var(--vscode-descriptionForeground);
    background: none;
    border: 0;
    border-radius: 3px;
  }
  .switch button:hover {
    color: var(--vscode-foreground);
  }
  .switch button[aria-pressed='true'] {
    color: var(--vscode-inputOption-activeForeground);
    background: var(--vscode-inputOption-activeBackground);
    outline: 1px solid var(--vscode-inputOption-activeBorder, transparent);
    outline-offset: 0;
  }
  .media {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 12px;
  }
  .remark {
    flex: none;
    display: flex;
    gap: 8px;
    margin: 0;
    padding: 4px 12px 8px;
    color: var(--vscode-descriptionForeground);
  }
  .remark .icon {
    color: var(--vscode-editorInfo-foreground);
  }
  latchkey-row-list {
    flex: 1;
  }
`;
