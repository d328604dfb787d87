import { html, nothing, type TemplateResult } from 'lit';
import type { RunnerStrings } from '../../shared/runnerStrings';
import { fill, formatNumber, formatSize } from '../format';
import { icon } from '../icons';
import { notice } from '../notice';
import type { ShownBody } from '../viewers/shownBody';
import type { PdfFault } from './pdfFile';

/** Bytes of a file that is shown at most: the thread that reads it has room for all of them. */
export const SIZE_LIMIT = 128 * 1024 * 1024;
/** Pages that are listed at most. */
export const MOST_PAGES = 5000;

/** Why a file is not shown. */
export type ShownFault = PdfFault | 'tooLarge' | 'stuck';

/** What stands in the place of a file that cannot be shown. */
export function pdfFault({ strings, facts }: ShownBody, fault: ShownFault): TemplateResult {
  const sizes = { size: formatSize(facts.size), limit: formatSize(SIZE_LIMIT) };
  const [title, text] = {
    tooLarge: [strings.mediaTooLarge, fill(strings.mediaTooLargeText, sizes)],
    encrypted: [strings.pdfEncrypted, strings.pdfEncryptedText],
    damaged: [strings.pdfDamaged, strings.pdfDamagedText],
    unreadable: [strings.pdfUnreadable, strings.pdfUnreadableText],
    stuck: [strings.pdfStuck, strings.pdfStuckText],
  }[fault] as [string, string];
  return notice({ iconName: 'empty', title, text });
}

/** What is missing of a file that is shown. */
export function pdfNotes(
  strings: RunnerStrings,
  pageCount: number,
  isIncomplete: boolean,
): TemplateResult | typeof nothing {
  const notes = [
    ...(isIncomplete ? [strings.pdfIncomplete] : []),
    ...(pageCount > MOST_PAGES ? [fill(strings.pdfFirstPages, { count: formatNumber(MOST_PAGES) })] : []),
  ];
  return notes.length === 0
    ? nothing
    : html`<div class="strip">
        ${icon('info')}
        <p>${notes.join(' ')}</p>
      </div>`;
}
