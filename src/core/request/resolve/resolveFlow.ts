import { revealForTransport } from '../../secret';
import type { Value } from '../value';
import { andThen, failure, success, type Evaluation } from './evaluation';
import type { Evaluator } from './evaluator';
import { isNull, type Resolved } from './resolved';
import { findVariable, type Scopes } from './scopes';
import { sourceText } from './supplies';

/** Whether a request is left out of Send all. */
export function resolveSkip(skip: Value, evaluator: Evaluator): Evaluation<boolean> {
  return andThen(evaluator.value(skip, false), (value) => {
    const said = booleanOf(value);
    return said === undefined ? failure('run.skipNotBoolean', skip.range, {}, false) : success(said);
  });
}

/** The items that a request is sent for. A capture that found one value holds that instead of a list: it is one item. */
export function resolveItems(value: Value, evaluator: Evaluator): Evaluation<readonly Resolved[]> {
  return andThen(evaluator.value(value, false), (resolved) => {
    if (resolved.kind === 'list') return success(resolved.items);
    if (isCapture(value, evaluator.scopes)) return success([resolved]);
    return failure('run.notAList', value.range, { name: itemsName(value), kind: kindOf(resolved) }, false);
  });
}

/** Whether a value is a capture and nothing else, also by way of variables; it has been evaluated, so they end. */
function isCapture(value: Value, scopes: Scopes): boolean {
  const [only] = value.kind === 'text' && value.parts.length === 1 ? value.parts : [];
  if (typeof only !== 'object' || only.filters.length > 0) return false;
  if (only.source.kind !== 'variable') return only.source.kind === 'capture';
  const found = findVariable(only.source.name, scopes);
  return found !== undefined && isCapture(found.variable.value, scopes);
}

/** What the items come from: the variable as it is written; a list of its own has no name. */
export function itemsName(value: Value): string {
  const [only] = value.kind === 'text' ? value.parts : [];
  return typeof only === 'object' ? sourceText(only.source) : 'forEach';
}

function kindOf(value: Resolved): string {
  if (value.kind === 'map') return 'a map';
  return value.kind === 'raw' && isNull(value) ? 'null' : 'a text or a number';
}

function booleanOf(value: Resolved): boolean | undefined {
  const said = value.kind === 'raw' ? value.json : value.kind === 'text' ? value.text : '';
  const text = revealForTransport(said).trim().toLowerCase();
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}
