import { html, type TemplateResult } from 'lit';
import type { RunnerStrings } from '../../shared/runnerStrings';
import { fill, formatNumber } from '../format';
import { tool } from '../tool';
import { zoomStep, type Zoom } from './pageLayout';

/** Where the reader of a PDF is. */
export interface PdfPosition {
  /** From 0. */
  readonly page: number;
  readonly pageCount: number;
  readonly scale: number;
  readonly isFitted: boolean;
}

export interface PdfToolEvents {
  readonly find: () => void;
  readonly zoomTo: (zoom: Zoom) => void;
}

/** The bar above the pages. */
export function pdfTools(
  strings: RunnerStrings,
  { page, pageCount, scale, isFitted }: PdfPosition,
  { find, zoomTo }: PdfToolEvents,
): TemplateResult {
  const counts = { page: formatNumber(page + 1), count: formatNumber(pageCount) };
  const smaller = zoomStep(scale, -1);
  const larger = zoomStep(scale, 1);
  return html`<div class="facts">
    <span class="numbers">${fill(strings.pdfPage, counts)}</span>
    <span class="grow"></span>
    ${tool({ label: strings.find, iconName: 'search', onClick: find })}
    ${tool({
      label: strings.pdfZoomOut,
      iconName: 'remove',
      isDisabled: smaller === scale,
      onClick: () => zoomTo(smaller),
    })}
    <span class="percent numbers">${formatNumber(scale * 100)}%</span>
    ${tool({
      label: strings.pdfZoomIn,
      iconName: 'add',
      isDisabled: larger === scale,
      onClick: () => zoomTo(larger),
    })}
    ${tool({
      label: strings.pdfFit,
      iconName: 'fitWidth',
      isPressed: isFitted,
      onClick: () => zoomTo(isFitted ? 1 : 'fit'),
    })}
  </div>`;
}
