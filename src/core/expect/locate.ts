import { JsonNumber, type JsonValue } from '../json/jsonValue';
import { isSingular } from '../jsonPath/query';
import { selectJson } from '../jsonPath/selectJson';
import type { BodyPlace } from '../request/expectModel';
import type { Subject } from './matches';
import type { Content, ResponseContent } from './responseContent';

/** What is at a place in a body, with the name it stands under. */
export interface Located extends Subject {
  readonly name: string | undefined;
  /** Several values were found, or could have been. */
  readonly isList: boolean;
}

/** Looks up a place. The problem says why the body has no such places at all. */
export async function locate(place: BodyPlace, content: ResponseContent): Promise<Content<Located>> {
  switch (place.kind) {
    case 'text': {
      const text = await content.text();
      if (!text.ok) return text;
      return { ok: true, value: { value: text.value, untyped: true, name: undefined, isList: false } };
    }
    case 'jsonPath':
      return locateJson(place, content);
    case 'xpath':
      return locateXml(place, content);
  }
}

async function locateJson(
  { query }: BodyPlace & { readonly kind: 'jsonPath' },
  content: ResponseContent,
): Promise<Content<Located>> {
  const json = await content.json();
  if (!json.ok) return json;
  const found = selectJson(query, json.value);
  if (!found) return { ok: false, problem: 'too much to look through for this path' };
  const last = query.segments.at(-1)?.selectors[0];
  const name = last?.kind === 'name' ? last.name : undefined;
  if (isSingular(query)) return { ok: true, value: { value: found[0], untyped: false, name, isList: false } };
  // Nothing found is an empty list to all matchers but one: `exists` means at least one.
  const value = { value: found, untyped: false, name, isList: true, found: found.length > 0 };
  return { ok: true, value };
}

async function locateXml(
  { path }: BodyPlace & { readonly kind: 'xpath' },
  content: ResponseContent,
): Promise<Content<Located>> {
  const xml = await content.xml();
  if (!xml.ok) return xml;
  const { selectXml } = await import('../xml/selectXml');
  const found = selectXml(path, xml.value);
  if (!found.ok) return found;
  const { value } = found;
  const common = { untyped: true, name: /([\w.-]+)$/.exec(path)?.[1] };
  if (typeof value !== 'object') return { ok: true, value: { ...common, value: asJson(value), isList: false } };
  const one = value.length < 2 ? value[0] : value;
  return { ok: true, value: { ...common, value: one, count: value.length, isList: value.length > 1 } };
}

function asJson(value: string | number | boolean): JsonValue {
  return typeof value === 'number' ? numberOrText(value) : value;
}

/** XPath knows NaN and the infinities, JSON does not. */
function numberOrText(value: number): JsonValue {
  return Number.isFinite(value) ? new JsonNumber(String(value)) : String(value);
}
