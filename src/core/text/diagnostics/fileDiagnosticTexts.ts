import { clientErrorTexts } from '../clientErrorTexts';
import { runErrorTexts } from '../runErrorTexts';
import type { MessageTemplate } from '../template';

/** What is told of a file where it is named, as it is told when it is to be read. */
export const fileDiagnosticTexts = {
  'file.notFound': clientErrorTexts['file.notFound'],
  'rows.ragged': runErrorTexts['rows.ragged'],
  'rows.badQuote': runErrorTexts['rows.badQuote'],
  'rows.badHeader': runErrorTexts['rows.badHeader'],
  'rows.duplicateHeader': runErrorTexts['rows.duplicateHeader'],
  'rows.notUtf8': runErrorTexts['rows.notUtf8'],
  'rows.notJson': runErrorTexts['rows.notJson'],
  'rows.tooDeep': runErrorTexts['rows.tooDeep'],
  'rows.notAList': runErrorTexts['rows.notAList'],
} as const satisfies Record<string, MessageTemplate>;
