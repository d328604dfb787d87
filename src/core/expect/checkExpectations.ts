import type { Exchange, ResponseBody, ResponseSummary } from '../http/exchange';
import type { StatusExpectation } from '../http/httpRequest';
import type { JsonValue } from '../json/jsonValue';
import { writeJson } from '../json/writeJson';
import type { Resolved } from '../request/resolve/resolved';
import { shownActual } from './bodyAnswers';
import { bodyDigest } from './bodyDigest';
import { askedPlace, type AskedSchema, type BodyAnswer } from './bodyQuestion';
import { describe, describePlace } from './describe';
import type { ExaminedBody } from './examinedBody';
import type { BodyExpectation, Expectations, HeaderExpectation, SchemaExpectation } from './expectations';
import { STATUS, type ExpectationResult } from './expectationResult';
import { headerValues } from './headerValues';
import { toJsonValue } from './jsonResolved';
import { mapOperands, type Matcher } from './matcher';
import { allMatch, number } from './matches';

export interface CheckContext {
  /** `undefined` when there was no response: then nothing holds. */
  readonly body: ExaminedBody | undefined;
  /** Of secrets that must not be in a result. */
  readonly forms: readonly string[];
  readonly pause: () => Promise<void>;
}

/** Compares an exchange with what the file expects of it; one result per expectation, in the order of the keys. */
export async function checkExpectations(
  expect: Expectations,
  exchange: Exchange,
  { body, forms, pause }: CheckContext,
): Promise<readonly ExpectationResult[]> {
  const results: ExpectationResult[] = [];
  const response = exchange.outcome.kind === 'response' ? exchange.outcome.response : undefined;
  if (expect.status) results.push(checkStatus(expect.status, exchange));
  for (const header of expect.headers) results.push(checkHeader(header, response, forms));
  for (const part of expect.body) results.push(await checkBody(part, body, forms));
  if (expect.schema) results.push(await checkSchema(expect.schema, body, forms));
  const bytes = response?.body.size;
  if (expect.time.length > 0) results.push(checkMeasure('time', 'ms', expect.time, response && exchange.duration));
  if (expect.size.length > 0) results.push(checkMeasure('size', 'bytes', expect.size, bytes));
  if (expect.sha256 !== undefined) results.push(await checkDigest(expect.sha256, response?.body, pause));
  return results;
}

function checkStatus(expected: readonly StatusExpectation[], { outcome }: Exchange): ExpectationResult {
  const what = `${STATUS}${expected.join(' or ')}`;
  if (outcome.kind !== 'response') return { what, ok: false };
  const { status } = outcome.response;
  return { what, ok: expected.some((one) => statusMatches(one, status)), actual: status };
}

function statusMatches(expected: StatusExpectation, status: number): boolean {
  return typeof expected === 'number' ? expected === status : Number(expected[0]) === Math.floor(status / 100);
}

function checkHeader(
  { name, matchers }: HeaderExpectation,
  response: ResponseSummary | undefined,
  forms: readonly string[],
): ExpectationResult {
  const what = describe(`header ${name}`, matchers);
  if (!response) return { what, ok: false };
  const values = headerValues(response.headers, name);
  const subject = { value: values.length === 0 ? undefined : values.join(', '), untyped: true };
  return { what, ok: allMatch(matchers.map(asJson), subject), actual: shownActual(subject, name, forms) };
}

async function checkBody(
  { place, matchers }: BodyExpectation,
  body: ExaminedBody | undefined,
  forms: readonly string[],
): Promise<ExpectationResult> {
  const what = describe(describePlace(place), matchers);
  if (!body) return { what, ok: false };
  const asked = matchers.map((matcher) => mapOperands(asJson(matcher), writeJson));
  return judgedBy(what, await body.ask({ kind: 'compare', place: askedPlace(place), matchers: asked, forms }));
}

async function checkSchema(
  expected: SchemaExpectation,
  body: ExaminedBody | undefined,
  forms: readonly string[],
): Promise<ExpectationResult> {
  const what = `body is valid by ${expected.kind === 'file' ? expected.path : 'the schema'}`;
  if (!body) return { what, ok: false };
  const schema: AskedSchema =
    expected.kind === 'file'
      ? { kind: 'file', path: expected.path }
      : { kind: 'inline', schema: writeJson(toJsonValue(expected.schema)) };
  return judgedBy(what, await body.ask({ kind: 'validate', schema, forms }));
}

function judgedBy(what: string, answer: BodyAnswer): ExpectationResult {
  if (answer.kind === 'problem') return { what, ok: false, actual: answer.problem };
  if (answer.kind === 'found') return { what, ok: false };
  const { ok, actual } = answer;
  return actual === undefined ? { what, ok } : { what, ok, actual };
}

function asJson(matcher: Matcher<Resolved>): Matcher<JsonValue> {
  return mapOperands(matcher, toJsonValue);
}

function checkMeasure(
  name: string,
  unit: string,
  matchers: readonly Matcher<Resolved>[],
  measured: number | undefined,
): ExpectationResult {
  const what = `${describe(name, matchers)} ${unit}`;
  if (measured === undefined) return { what, ok: false };
  return { what, ok: allMatch(matchers.map(asJson), number(measured)), actual: `${Math.round(measured)} ${unit}` };
}

async function checkDigest(
  expected: string,
  body: ResponseBody | undefined,
  pause: () => Promise<void>,
): Promise<ExpectationResult> {
  const what = `SHA-256 equals ${expected}`;
  if (!body) return { what, ok: false };
  const actual = await bodyDigest(body, pause);
  return { what, ok: actual === expected, actual };
}
