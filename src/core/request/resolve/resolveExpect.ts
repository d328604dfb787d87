import { nothingExpected, type Expectations, type SchemaExpectation } from '../../expect/expectations';
import { inlineProblem } from '../../expect/schema/inlineProblem';
import { plainText } from '../../expect/plainText';
import type { Matcher } from '../../expect/matcher';
import { isDecimal } from '../../json/decimal';
import { readJson } from '../../json/readJson';
import { LinearExpression } from '../../regex/linearExpression';
import { parseDuration } from '../duration';
import type { ExpectEntry, SchemaEntry } from '../expectModel';
import { shorten } from '../shorten';
import { parseSize } from '../size';
import type { DiagnosticCode } from '../diagnostic';
import type { Template, Value } from '../value';
import { all, andThen, failure, success, type Evaluation } from './evaluation';
import type { Evaluator } from './evaluator';
import { shownText } from './fieldValues';
import { rawOf, toJson, type Resolved } from './resolved';

/** Puts the variables into an `expect:` block. */
export function resolveExpect(entry: ExpectEntry | undefined, evaluator: Evaluator): Evaluation<Expectations> {
  if (!entry) return success(nothingExpected);
  const time = resolveMeasures(entry.time, parseDuration, 'request.badDuration', evaluator);
  const size = resolveMeasures(entry.size, parseSize, 'request.badSize', evaluator);
  const headers = all(
    entry.headers.map(({ name, matchers }) =>
      andThen(resolveMatchers(matchers, evaluator), (found) => success({ name, matchers: found })),
    ),
  );
  const body = all(
    entry.body.map(({ place, matchers }) =>
      andThen(resolveMatchers(matchers, evaluator), (found) => success({ place, matchers: found })),
    ),
  );
  const schema = resolveSchema(entry.schema, evaluator);
  const sha256 = resolveDigest(entry.sha256, evaluator);
  const parts = all<unknown>([time, size, headers, body, schema, sha256]);
  if (!parts.ok || !time.ok || !size.ok || !headers.ok || !body.ok || !schema.ok || !sha256.ok) return asFailed(parts);
  return success({
    status: entry.status,
    headers: headers.value,
    body: body.value,
    schema: schema.value,
    time: time.value,
    size: size.value,
    sha256: sha256.value,
  });
}

function asFailed(evaluation: Evaluation<unknown>): Evaluation<never> {
  return { ok: false, failures: evaluation.ok ? [] : evaluation.failures };
}

function resolveMatchers(
  matchers: readonly Matcher<Value>[],
  evaluator: Evaluator,
): Evaluation<readonly Matcher<Resolved>[]> {
  return all(matchers.map((matcher) => resolveMatcher(matcher, evaluator)));
}

function resolveMatcher(matcher: Matcher<Value>, evaluator: Evaluator): Evaluation<Matcher<Resolved>> {
  switch (matcher.kind) {
    case 'exists':
    case 'type':
      return success(matcher);
    case 'length':
    case 'not':
      return andThen(resolveMatchers(matcher.matchers, evaluator), (matchers) =>
        success({ kind: matcher.kind, matchers }),
      );
    case 'equals':
    case 'contains':
    case 'matches':
    case 'atLeast':
    case 'atMost':
    case 'oneOf': {
      const { kind, operand } = matcher;
      const checked = andThen(evaluator.value(operand, false), (value) => checkOperand(kind, value, operand));
      return andThen(checked, (found) => success({ kind, operand: found }));
    }
  }
}

type OperandKind = Extract<Matcher<Value>, { readonly operand: Value }>['kind'];

/** What can only be told once the variables are in. */
function checkOperand(kind: OperandKind, value: Resolved, { range }: Value): Evaluation<Resolved> {
  switch (kind) {
    case 'equals':
    case 'contains':
      return success(value);
    case 'oneOf':
      return value.kind === 'list' ? success(value) : failure('expect.notAList', range, { key: kind }, false);
    case 'atLeast':
    case 'atMost': {
      const number = plainText(value)?.trim();
      return number !== undefined && isDecimal(number)
        ? success(value)
        : failure('expect.notANumber', range, { key: kind }, false);
    }
    case 'matches': {
      const parsed = LinearExpression.parse(plainText(value) ?? '');
      if (parsed.ok) return success(value);
      return failure('expect.badPattern', range, { pattern: 'It', problem: parsed.problem }, false);
    }
  }
}

/** Durations and sizes become numbers. */
function resolveMeasures(
  matchers: readonly Matcher<Value>[],
  parse: (text: string) => number | undefined,
  code: DiagnosticCode,
  evaluator: Evaluator,
): Evaluation<readonly Matcher<Resolved>[]> {
  const resolved = matchers.flatMap((matcher) => {
    if (!('operand' in matcher)) return [];
    const { kind, operand } = matcher;
    const number = andThen(evaluator.field(operand, false), (value): Evaluation<Matcher<Resolved>> => {
      const text = value.kind === 'list' || value.kind === 'map' ? undefined : plainText(value);
      const measure = text === undefined ? undefined : parse(text.trim());
      if (measure === undefined) return failure(code, operand.range, { value: shorten(text ?? kind) }, false);
      return success({ kind, operand: rawOf(String(measure)) });
    });
    return [number];
  });
  return all(resolved);
}

function resolveSchema(
  schema: SchemaEntry | undefined,
  evaluator: Evaluator,
): Evaluation<SchemaExpectation | undefined> {
  if (!schema) return success(undefined);
  if (schema.kind === 'inline') {
    const { range } = schema.value;
    return andThen(evaluator.value(schema.value, false), (value) => {
      const problem = problemOf(value);
      if (problem !== undefined) return failure('expect.badSchema', range, { problem }, false);
      return success({ kind: 'inline', schema: value });
    });
  }
  return andThen(shown(schema.path, evaluator), (path) => success({ kind: 'file', path }));
}

/** Why no body could be held to a schema; what a secret is part of is looked at later, where it is masked. */
function problemOf(schema: Resolved): string | undefined {
  const text = toJson(schema);
  const json = typeof text === 'string' ? readJson(text) : undefined;
  return json?.ok === true ? inlineProblem(json.value) : undefined;
}

function resolveDigest(template: Template | undefined, evaluator: Evaluator): Evaluation<string | undefined> {
  if (!template) return success(undefined);
  return andThen(shown(template, evaluator), (text) =>
    /^[0-9a-fA-F]{64}$/.test(text)
      ? success(text.toLowerCase())
      : failure('expect.badDigest', template.range, {}, false),
  );
}

function shown(template: Template, evaluator: Evaluator): Evaluation<string> {
  return andThen(evaluator.text(template, false), (text) => shownText(text, template.range, false));
}
