import type { TemplateData } from '../../text/template';
import type { Diagnostic, DiagnosticCode, TextRange } from '../diagnostic';

/** A value, or why there is none. No failures: the parser has said why already. */
export type Evaluation<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failures: readonly Failure[] };

export interface Failure extends Diagnostic {
  /** The range lies in another file than the one that is evaluated, so whoever used the value names the place. */
  readonly elsewhere: boolean;
}

export function success<T>(value: T): Evaluation<T> {
  return { ok: true, value };
}

export function failure(
  code: DiagnosticCode,
  range: TextRange,
  data: TemplateData,
  elsewhere: boolean,
): { readonly ok: false; readonly failures: readonly Failure[] } {
  return { ok: false, failures: [{ code, severity: 'error', range, data, elsewhere }] };
}

/** All values, or their failures. */
export function all<T>(evaluations: readonly Evaluation<T>[]): Evaluation<readonly T[]> {
  const values: T[] = [];
  const failures = new Map<string, Failure>();
  let failed = false;
  for (const evaluation of evaluations) {
    if (evaluation.ok) values.push(evaluation.value);
    else {
      failed = true;
      for (const item of evaluation.failures) addFailure(item, failures);
    }
  }
  return failed ? { ok: false, failures: [...failures.values()] } : success(values);
}

/** Values by name, or the failures of all that have none. */
export function allOf<T extends object>(evaluations: {
  readonly [K in keyof T]: Evaluation<T[K]>;
}): Evaluation<T> {
  const named = Object.entries<Evaluation<unknown>>(evaluations);
  const values = all(named.map(([, evaluation]) => evaluation));
  return andThen(values, (found) => success(Object.fromEntries(named.map(([name], at) => [name, found[at]])) as T));
}

/** More are of no use to anybody. */
const MAX_FAILURES = 200;

/** Variables that use one that failed twice, and are used twice, would double its failure each time. */
function addFailure(item: Failure, failures: Map<string, Failure>): void {
  const key = `${item.code} ${item.range.start} ${item.range.end} ${String(item.elsewhere)}`;
  if (failures.size < MAX_FAILURES && !failures.has(key)) failures.set(key, item);
}

export function andThen<T, U>(evaluation: Evaluation<T>, next: (value: T) => Evaluation<U>): Evaluation<U> {
  return evaluation.ok ? next(evaluation.value) : evaluation;
}

/** Brings failures from elsewhere to the place in this file that depends on them. */
export function located<T>(evaluation: Evaluation<T>, range: TextRange): Evaluation<T> {
  if (evaluation.ok || !evaluation.failures.some(({ elsewhere }) => elsewhere)) return evaluation;
  return {
    ok: false,
    failures: evaluation.failures.map((item) => (item.elsewhere ? { ...item, range, elsewhere: false } : item)),
  };
}
