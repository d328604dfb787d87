import { requestDiagnosticTexts } from '../text/requestDiagnosticTexts';
import type { MessageTemplate, TemplateData } from '../text/template';

/** Half-open range of UTF-16 offsets in the parsed text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Everything the parser and the resolver can find fault with. */
export type DiagnosticCode = keyof typeof requestDiagnosticTexts;

/** A fault with its place. Text is made at the edge from {@link diagnosticTemplate} and `data`. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: 'error' | 'warning' | 'info';
  readonly range: TextRange;
  /** Shown to people; never a secret. */
  readonly data: TemplateData;
}

/** The sentence and the next step of a diagnostic code. */
export function diagnosticTemplate(code: DiagnosticCode): MessageTemplate {
  return requestDiagnosticTexts[code];
}
