import { html, nothing, type TemplateResult } from 'lit';
import type { BodyInfo, BodyOddity, BodyViewer } from '../shared/viewModel';
import { fill, formatNumber, formatSize } from './format';
import { icon } from './icons';
import type { View } from './view';

type Body = Exclude<BodyInfo, { kind: 'empty' }>;

/** What the reader should know about a body: what is not as the headers say, and what is not shown. */
export function bodyRemark(view: View, body: Body, viewer: BodyViewer): TemplateResult | typeof nothing {
  const texts = body.kind === 'text' ? textRemarks(view, body) : viewer === 'hex' ? [binaryRemark(view, body)] : [];
  if (texts.length === 0) return nothing;
  const isOdd = body.kind === 'text' && (body.oddities.length > 0 || body.mistake !== undefined);
  return html`<p class="remark ${isOdd ? 'odd' : ''}">
    ${icon(isOdd ? 'warning' : 'info')}<span>${texts.join(' ')}</span>
  </p>`;
}

function binaryRemark({ strings }: View, { mediaType, size }: Body): string {
  const type = mediaType === '' ? strings.unknownType : mediaType;
  return fill(strings.binaryText, { size: formatSize(size), type });
}

function textRemarks({ strings }: View, body: Body & { kind: 'text' }): readonly string[] {
  const { mistake, size, shownBytes, oddities, mediaType } = body;
  const texts = oddities.map((oddity: BodyOddity) => fill(strings[oddity], { type: mediaType }));
  if (mistake) {
    texts.push(fill(strings.notJson, { line: formatNumber(mistake.line), column: formatNumber(mistake.column) }));
  }
  if (shownBytes < size) {
    texts.push(fill(strings.truncated, { shown: formatSize(shownBytes), size: formatSize(size) }));
  }
  return texts;
}
