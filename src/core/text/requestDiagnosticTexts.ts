import { connectionDiagnosticTexts } from './diagnostics/connectionDiagnosticTexts';
import { expectDiagnosticTexts } from './diagnostics/expectDiagnosticTexts';
import { expressionDiagnosticTexts } from './diagnostics/expressionDiagnosticTexts';
import { fileDiagnosticTexts } from './diagnostics/fileDiagnosticTexts';
import { requestEntryTexts } from './diagnostics/requestEntryTexts';
import { runDiagnosticTexts } from './diagnostics/runDiagnosticTexts';
import { variableDiagnosticTexts } from './diagnostics/variableDiagnosticTexts';
import { yamlDiagnosticTexts } from './diagnostics/yamlDiagnosticTexts';

/** What the parser, the checker and the resolver of request and project files say. */
export const requestDiagnosticTexts = {
  ...yamlDiagnosticTexts,
  ...requestEntryTexts,
  ...expectDiagnosticTexts,
  ...expressionDiagnosticTexts,
  ...fileDiagnosticTexts,
  ...variableDiagnosticTexts,
  ...runDiagnosticTexts,
  ...connectionDiagnosticTexts,
} as const;
