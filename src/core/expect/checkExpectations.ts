import type { Exchange } from '../http/exchange';
import type { StatusExpectation } from '../http/httpRequest';
import type { SecretMasker } from '../http/secretMasker';
import type { JsonValue } from '../json/jsonValue';
import type { Resolved } from '../request/resolve/resolved';
import { describe, describePlace } from './describe';
import type { BodyExpectation, Expectations, HeaderExpectation } from './expectations';
import { STATUS, type ExpectationResult } from './expectationResult';
import { locate } from './locate';
import { allMatch, number, type Subject } from './matches';
import type { Matcher } from './matcher';
import type { ResponseContent } from './responseContent';
import { checkSchema, describeSchema } from './schema/checkSchema';
import type { SchemaFiles } from './schema/schemaFiles';
import { isSecretValue, showJson } from './showJson';
import { MASK } from '../secret';

export interface CheckContext {
  /** `undefined` when there was no response: then nothing holds. */
  readonly content: ResponseContent | undefined;
  readonly mask: SecretMasker;
  readonly files: SchemaFiles;
}

/** Compares an exchange with what the file expects of it; one result per expectation, in the order of the keys. */
export async function checkExpectations(
  expect: Expectations,
  exchange: Exchange,
  { content, mask, files }: CheckContext,
): Promise<readonly ExpectationResult[]> {
  const results: ExpectationResult[] = [];
  if (expect.status) results.push(checkStatus(expect.status, exchange));
  for (const header of expect.headers) results.push(checkHeader(header, content, mask));
  for (const part of expect.body) {
    results.push(await checkBody(part, content, mask));
    await content?.breathe();
  }
  if (expect.schema) {
    const what = describeSchema(expect.schema);
    results.push(content ? { what, ...(await checkSchema(expect.schema, content, files, mask)) } : { what, ok: false });
  }
  const bytes = content?.response.body.size;
  if (expect.time.length > 0) results.push(checkMeasure('time', 'ms', expect.time, content && exchange.duration));
  if (expect.size.length > 0) results.push(checkMeasure('size', 'bytes', expect.size, bytes));
  if (expect.sha256 !== undefined) results.push(await checkDigest(expect.sha256, content));
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
  content: ResponseContent | undefined,
  mask: SecretMasker,
): ExpectationResult {
  const what = describe(`header ${name}`, matchers);
  if (!content) return { what, ok: false };
  const values = content.header(name);
  const value = values.length === 0 ? undefined : values.join(', ');
  return judged(what, matchers, { value, untyped: true }, name, mask);
}

async function checkBody(
  { place, matchers }: BodyExpectation,
  content: ResponseContent | undefined,
  mask: SecretMasker,
): Promise<ExpectationResult> {
  const what = describe(describePlace(place), matchers);
  if (!content) return { what, ok: false };
  const located = await locate(place, content);
  if (!located.ok) return { what, ok: false, actual: located.problem };
  return judged(what, matchers, located.value, located.value.name, mask);
}

function judged(
  what: string,
  matchers: readonly Matcher<Resolved>[],
  subject: Subject,
  name: string | undefined,
  mask: SecretMasker,
): ExpectationResult {
  const ok = allMatch(matchers, subject);
  return { what, ok, actual: shownActual(subject, name, mask) };
}

function shownActual({ value, count }: Subject, name: string | undefined, mask: SecretMasker): string {
  if (value === undefined) return count === undefined ? 'nothing' : 'no nodes';
  return showJson(named(value, name), mask);
}

/** A value by itself forgets its name, and with it that it is a secret. */
function named(value: JsonValue, name: string | undefined): JsonValue {
  return typeof value === 'string' && isSecretValue(name, value) ? MASKED : value;
}

const MASKED: JsonValue = MASK;

function checkMeasure(
  name: string,
  unit: string,
  matchers: readonly Matcher<Resolved>[],
  measured: number | undefined,
): ExpectationResult {
  const what = `${describe(name, matchers)} ${unit}`;
  if (measured === undefined) return { what, ok: false };
  return { what, ok: allMatch(matchers, number(measured)), actual: `${Math.round(measured)} ${unit}` };
}

async function checkDigest(expected: string, content: ResponseContent | undefined): Promise<ExpectationResult> {
  const what = `SHA-256 equals ${expected}`;
  if (!content) return { what, ok: false };
  const actual = await content.sha256();
  return { what, ok: actual === expected, actual };
}
