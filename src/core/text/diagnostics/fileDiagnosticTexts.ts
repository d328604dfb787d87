import { clientErrorTexts } from '../clientErrorTexts';
import type { MessageTemplate } from '../template';

/** What is told of a file where it is named, as it is told when it is to be read. */
export const fileDiagnosticTexts = {
  'file.notFound': clientErrorTexts['file.notFound'],
} as const satisfies Record<string, MessageTemplate>;
