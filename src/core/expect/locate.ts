import type { Effort } from '../effort';
import { JsonNumber, type JsonValue } from '../json/jsonValue';
import { isSingular } from '../jsonPath/query';
import { selectJson } from '../jsonPath/selectJson';
import { parseJsonPath } from '../jsonPath/parseJsonPath';
import { LinearExpression } from '../regex/linearExpression';
import type { BodyContent, Content } from './bodyContent';
import type { AskedPlace } from './bodyQuestion';
import type { Subject } from './matches';

/** What is at a place in a body, with the name it stands under. */
export interface Located extends Subject {
  readonly name: string | undefined;
  /** Several values were found, or could have been. */
  readonly isList: boolean;
}

/** Looks up a place. The problem says why the body has no such places at all. */
export async function locate(place: AskedPlace, content: BodyContent, effort: Effort): Promise<Content<Located>> {
  switch (place.kind) {
    case 'text': {
      const text = await content.text();
      if (!text.ok) return text;
      return { ok: true, value: { value: text.value, untyped: true, name: undefined, isList: false } };
    }
    case 'jsonPath':
      return locateJson(place.path, content, effort);
    case 'xpath':
      return locateXml(place.path, content, effort);
    case 'regex':
      return locateMatch(place.pattern, content, effort);
  }
}

async function locateJson(path: string, content: BodyContent, effort: Effort): Promise<Content<Located>> {
  const json = await content.json();
  if (!json.ok) return json;
  const parsed = parseJsonPath(path);
  if (!parsed.ok) return parsed;
  const { query } = parsed;
  const found = selectJson(query, json.value, effort);
  if (!found) return { ok: false, problem: 'too much to look through for this path' };
  const last = query.segments.at(-1)?.selectors[0];
  const name = last?.kind === 'name' ? last.name : undefined;
  if (isSingular(query)) return { ok: true, value: { value: found[0], untyped: false, name, isList: false } };
  // Nothing found is an empty list to all matchers but one: `exists` means at least one.
  const value = { value: found, untyped: false, name, isList: true, found: found.length > 0 };
  return { ok: true, value };
}

async function locateXml(path: string, content: BodyContent, effort: Effort): Promise<Content<Located>> {
  const xml = await content.xml();
  if (!xml.ok) return xml;
  const { selectXml } = await import('../xml/selectXml');
  const found = selectXml(path, xml.value, effort);
  if (!found.ok) return found;
  const { value } = found;
  const common = { untyped: true, name: /([\w.-]+)$/.exec(path)?.[1] };
  if (typeof value !== 'object') return { ok: true, value: { ...common, value: asJson(value), isList: false } };
  const one = value.length < 2 ? value[0] : value;
  return { ok: true, value: { ...common, value: one, count: value.length, isList: value.length > 1 } };
}

/** The first group of a match, or all of it where there is no group. */
async function locateMatch(pattern: string, content: BodyContent, effort: Effort): Promise<Content<Located>> {
  const text = await content.text();
  if (!text.ok) return text;
  const parsed = LinearExpression.parse(pattern);
  const match = parsed.ok ? parsed.expression.find(text.value, effort.steps()) : { kind: 'none' as const };
  if (match.kind === 'tooLong') {
    effort.onExceeded();
    return { ok: false, problem: 'too much text for this expression' };
  }
  const value = match.kind === 'none' ? undefined : (match.group ?? match.text);
  return { ok: true, value: { value, untyped: true, name: undefined, isList: false } };
}

function asJson(value: string | number | boolean): JsonValue {
  return typeof value === 'number' ? numberOrText(value) : value;
}

/** XPath knows NaN and the infinities, JSON does not. */
function numberOrText(value: number): JsonValue {
  return Number.isFinite(value) ? new JsonNumber(String(value)) : String(value);
}
