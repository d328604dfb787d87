import type { SchemaDraft } from '@cfworker/json-schema';
import { FULL_EFFORT, MoreEffortNeeded, type Effort } from '../../effort';
import type { JsonValue } from '../../json/jsonValue';
import { shorten } from '../../request/shorten';
import { DynamicScope } from './dynamicAnchors';
import { inspectSchema } from './inspectSchema';
import type { LoadedSchema } from './loadSchema';
import { describeMistake } from './mistake';
import { SchemaExpressions } from './schemaExpressions';
import { SchemaProblem } from './schemaProblem';
import { isPlainObject } from './subschemas';
import { Validation } from './validation';

/**
 * Validates a value.
 * @returns why the value is not valid, or why that cannot be told; `undefined` when it is valid.
 */
export function validateJson(value: JsonValue, loaded: LoadedSchema, effort: Effort = FULL_EFFORT): string | undefined {
  const { root, byUri, documents } = loaded;
  const expressions = new SchemaExpressions(effort);
  try {
    const { tracksEvaluated, isDynamic } = inspectSchema(documents, expressions);
    const draft = draftOf(root);
    const dynamic = isDynamic && draft === '2020-12' ? new DynamicScope(loaded) : undefined;
    const validation = new Validation({ draft, byUri, dynamic, tracksEvaluated, expressions, effort });
    const mistake = validation.apply(root, value, undefined, undefined);
    return mistake && describeMistake(mistake);
  } catch (error) {
    if (error instanceof MoreEffortNeeded) throw error;
    if (error instanceof SchemaProblem) return error.message;
    if (error instanceof RangeError) {
      // Other threads have more stack.
      effort.onExceeded();
      return 'the schema or the body is nested too deep';
    }
    const reason = error instanceof Error ? error.message : String(error);
    return `the schema cannot be used: ${shorten(reason, 120)}`;
  }
}

function draftOf(root: unknown): SchemaDraft {
  const named = isPlainObject(root) ? root['$schema'] : undefined;
  const text = typeof named === 'string' ? named : '';
  if (/draft-0?4\b/.test(text)) return '4';
  if (/draft-0?[67]\b/.test(text)) return '7';
  return text.includes('2019-09') ? '2019-09' : '2020-12';
}
