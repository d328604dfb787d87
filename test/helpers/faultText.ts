import { diagnosticTemplate, type Diagnostic } from '../../src/core/request/diagnostic';
import type { FaultText } from '../../src/core/run/invalidRequest';
import { formatTemplate } from '../../src/core/text/template';

/** What is wrong, in English. */
export function faultText({ code, data }: Pick<Diagnostic, 'code' | 'data'>): FaultText {
  const { message, next } = diagnosticTemplate(code);
  return { message: formatTemplate(message, data), next: formatTemplate(next, data) };
}
