import { css, html, nothing, type TemplateResult } from 'lit';
import type { BodyInfo, BodyViewer, ExchangeView } from '../../shared/viewModel';
import { bodyRemark } from '../bodyRemark';
import { bodyToolbar, type BodyTools } from '../bodyToolbar';
import type { BodyRequests } from '../bodyRequests';
import { chosenViewer } from '../chosenViewer';
import { fill, formatSize } from '../format';
import { notice } from '../notice';
import { problemCard } from '../problemCard';
import type { TextMetrics } from '../textMetrics';
import type { View } from '../view';
import type { FoundCells } from '../viewers/foundCells';
import type { ShownPosition } from '../viewers/pdfLoader';

type Body = Exclude<BodyInfo, { kind: 'empty' }>;

/** What the pane needs beyond the model: the list of rows and the find bar live longer than one drawing. */
export interface BodyParts extends BodyTools {
  readonly rows: TemplateResult;
  readonly findBar: TemplateResult | undefined;
  readonly filterBar: TemplateResult | undefined;
  readonly foundCells: FoundCells;
  readonly requests: BodyRequests;
  readonly metrics: TextMetrics;
  readonly position: ShownPosition;
}

/** The response's body, in one of the ways to look at it. */
export function bodyPane(view: View, exchange: ExchangeView, parts: BodyParts): TemplateResult {
  const { strings, ui } = view;
  const { body, problem } = exchange;
  if (body.kind === 'empty') {
    return html`${problem ? problemCard(problem) : nothing}
    ${notice({ iconName: 'empty', title: strings.emptyTitle, text: strings.emptyText })}`;
  }
  if (body.viewers.length === 0) return notKept(view, body);
  const viewer = chosenViewer(body, ui);
  return html`${problem ? problemCard(problem) : nothing} ${bodyToolbar(view, body, viewer, parts)}
  ${bodyRemark(view, body, viewer)} ${bodyViewer(view, body, viewer, parts)}`;
}

/** An older send whose body was no text. */
function notKept({ strings }: View, { size, mediaType }: Body): TemplateResult {
  const type = mediaType === '' ? strings.unknownType : mediaType;
  const text = fill(strings.notKeptText, { size: formatSize(size), type });
  return notice({ iconName: 'binary', title: strings.notKept, text });
}

function bodyViewer(view: View, facts: Body, viewer: BodyViewer, parts: BodyParts): TemplateResult {
  const { strings, ui } = view;
  const shown = { facts, requests: parts.requests, strings };
  switch (viewer) {
    case 'pretty':
      return html`${parts.filterBar ?? nothing} ${parts.findBar ?? nothing} ${parts.rows}`;
    case 'raw':
      return html`${parts.findBar ?? nothing} ${parts.rows}`;
    case 'hex':
      return html`<latchkey-hex
        .shown=${shown}
        .columns=${parts.metrics.columns}
        .rowHeight=${parts.metrics.rowHeight}
        .label=${fill(strings.hexBytes, { size: formatSize(facts.size) })}
      ></latchkey-hex>`;
    case 'image':
    case 'audio':
    case 'video':
      return html`<latchkey-media .shown=${shown} .kind=${viewer}></latchkey-media>`;
    case 'preview':
      return html`<latchkey-preview .shown=${shown}></latchkey-preview>`;
    case 'table':
      return html`${parts.findBar ?? nothing}<latchkey-table
          .shown=${shown}
          .found=${parts.foundCells}
          .hasNames=${ui.tableNames}
          .rowHeight=${26}
          .label=${strings.tableRows}
        ></latchkey-table>`;
    case 'pdf':
      return html`<latchkey-pdf-loader .shown=${shown} .position=${parts.position}></latchkey-pdf-loader>`;
  }
}

export const bodyPaneStyles = css`
  .body-bar {
    flex-wrap: wrap;
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
  latchkey-row-list,
  latchkey-hex,
  latchkey-media,
  latchkey-pdf-loader,
  latchkey-preview,
  latchkey-table {
    flex: 1;
    min-height: 0;
  }
`;
