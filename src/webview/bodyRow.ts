import { html, nothing, type TemplateResult } from 'lit';
import type { RunnerStrings } from '../shared/runnerStrings';
import type { BodyLanguage, BodyRow } from '../shared/viewModel';
import { cssVars } from './cssVars';
import { fill, formatNumber } from './format';
import { icon } from './icons';
import { jsonTokens, type Token } from './jsonTokens';
import { markTokens, type Mark, type MarkedToken } from './marks';
import { xmlRowTokens } from './xmlRowTokens';

/** How one row of a body is drawn. */
export interface RowLook {
  readonly index: number;
  readonly isActive: boolean;
  /** What its tokens are coloured as; `undefined`: plain text. */
  readonly language: BodyLanguage | undefined;
  readonly marks: readonly Mark[];
  readonly strings: RunnerStrings;
  readonly fold: (isFolded: boolean) => void;
}

/** One row of a body: its line number, the mark that folds it, its text. */
export function bodyRow(row: BodyRow, look: RowLook): TemplateResult {
  const tokens = markTokens(tokensOf(row, look.language), look.marks);
  const { hiddenLines } = row;
  return html`<div
    class="row ${look.isActive ? 'active' : ''}"
    data-index=${look.index}
    ?data-continues=${row.continues}
  >
    <span class="line" data-line=${row.continues ? '' : row.line}
      >${hiddenLines === undefined ? nothing : foldMark(look, hiddenLines > 0)}</span
    ><span class="text" ${cssVars({ '--hang': `${row.hang}ch` })}>${tokens.map(tokenSpan)}</span>${
      (hiddenLines ?? 0) === 0
        ? nothing
        : html`<span class="hidden-lines"
            >${fill(look.strings.foldedLines, { count: formatNumber(hiddenLines ?? 0) })}</span
          >`
    }
  </div>`;
}

/** A row that is not here yet. */
export function missingRow(): TemplateResult {
  return html`<div class="row"><span class="line"></span></div>`;
}

/** For the mouse; keys have the arrows. */
function foldMark({ strings, fold }: RowLook, isFolded: boolean): TemplateResult {
  const label = isFolded ? strings.unfold : strings.fold;
  return html`<span class="fold" title=${label} @click=${() => fold(!isFolded)}
    >${icon(isFolded ? 'chevronRight' : 'chevronDown')}</span
  >`;
}

function tokensOf(row: BodyRow, language: BodyLanguage | undefined): readonly Token[] {
  if (language === undefined) return [{ kind: 'plain', text: row.text }];
  return language === 'xml' ? xmlRowTokens(row.text, row.continues) : jsonTokens(row.text, row.inString);
}

function tokenSpan({ kind, mark, text }: MarkedToken): TemplateResult | string {
  if (kind === 'plain' && mark === 'none') return text;
  return html`<span class="${kind} ${mark}">${text}</span>`;
}
