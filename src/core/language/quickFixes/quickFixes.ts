import type { Diagnostic, DiagnosticCode } from '../../request/diagnostic';
import { addEnvironment, addOrigin, authNone, defineVariable, removeEntry, removeLine, removeTag } from './entries';
import type { FixContext, Fixer, QuickFix } from './quickFix';
import {
  doubleBraces,
  encodeHash,
  keepQuotes,
  nearestInExpression,
  nearestName,
  nearestValue,
  quoteAlias,
  quoteAll,
  quoteExpression,
  singleBraces,
  tabs,
} from './replacements';

/** By what is wrong; each is a pure function of the mistake and the texts. */
const fixers: Readonly<Partial<Record<DiagnosticCode, readonly Fixer[]>>> = {
  'yaml.tab': [tabs],
  'yaml.directive': [removeLine],
  'yaml.tag': [removeTag],
  'yaml.duplicateKey': [removeEntry],
  'yaml.unknownAlias': [quoteAlias],
  'yaml.quoteExpression': [quoteExpression],
  'yaml.commaInFlow': [quoteAll],
  'yaml.hashComment': [quoteAll],
  'request.quotesLost': [keepQuotes],
  'request.unknownKey': [nearestName],
  'request.unknownValue': [nearestValue],
  'request.doubleBraces': [doubleBraces],
  'request.singleBraces': [singleBraces],
  'request.duplicateHeader': [removeEntry],
  'request.urlFragment': [encodeHash],
  'request.unknownConnection': [nearestName, authNone],
  'request.unknownConnectionHere': [authNone],
  'request.noProjectFile': [authNone],
  'request.originNotAllowed': [addOrigin, authNone],
  'request.unknownEnvironment': [nearestName, addEnvironment],
  'connection.unknownPreset': [nearestName],
  'expression.unknownSource': [nearestInExpression('prefix')],
  'expression.unknownFilter': [nearestInExpression('filter')],
  'variable.unknown': [nearestInExpression('name'), defineVariable],
  'variable.unknownHere': [defineVariable],
  'variable.notInEnvironment': [defineVariable],
};

/** What can be done about a mistake, best first. Ranges lie in the texts of the context. */
export function quickFixes(diagnostic: Diagnostic, context: FixContext): readonly QuickFix[] {
  return (fixers[diagnostic.code] ?? []).flatMap((fix) => fix(diagnostic, context));
}
