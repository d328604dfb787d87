import type { JsonObject } from '../../json/jsonValue';
import { isPlainObject, type PlainSchema } from './subschemas';
import type { Mistake, Place } from './mistake';
import { misused } from './schemaProblem';
import type { Application, Validation } from './validation';

/** What the keywords for objects have against one; the last reason. */
export function objectMistake(validation: Validation, value: JsonObject, at: Application): Mistake | undefined {
  const missing = sizeMistake(at.schema, value, at.place);
  const named = namesMistake(validation, value, at) ?? missing;
  const depended = dependencyMistake(validation, value, at) ?? named;
  return memberMistake(validation, value, at) ?? depended;
}

function sizeMistake(
  { required, minProperties, maxProperties }: PlainSchema,
  value: JsonObject,
  place: Place,
): Mistake | undefined {
  if (maxProperties !== undefined && value.size > Number(maxProperties)) {
    return { place, says: () => `Instance has more than ${Number(maxProperties)} properties` };
  }
  if (minProperties !== undefined && value.size < Number(minProperties)) {
    return { place, says: () => `Instance does not have at least ${Number(minProperties)} properties` };
  }
  if (required === undefined) return undefined;
  const missing = namesOf('required', required).findLast((name) => !value.has(name));
  if (missing === undefined) return undefined;
  return { place, says: () => `Instance does not have required property "${missing}"` };
}

function namesMistake(
  validation: Validation,
  value: JsonObject,
  { schema, place, anchor }: Application,
): Mistake | undefined {
  const { propertyNames } = schema;
  if (propertyNames === undefined) return undefined;
  let mistake: Mistake | undefined;
  for (const name of value.keys()) {
    mistake = validation.apply(propertyNames, name, { parent: place, key: name }, anchor) ?? mistake;
  }
  return mistake;
}

/** `dependencies` is what drafts before 2019-09 had for both of the others. */
function dependencyMistake(validation: Validation, value: JsonObject, at: Application): Mistake | undefined {
  const { dependentRequired, dependentSchemas, dependencies } = at.schema;
  const { place, anchor, evaluated } = at;
  let mistake: Mistake | undefined;
  const require = (name: string, names: unknown): void => {
    const missing = namesOf('dependentRequired', names).findLast((other) => !value.has(other));
    if (missing === undefined) return;
    mistake = { place, says: () => `Instance has "${name}" but does not have "${missing}"` };
  };
  for (const [name, names] of entriesOf(dependentRequired)) if (value.has(name)) require(name, names);
  for (const [name, schema] of entriesOf(dependentSchemas)) {
    if (value.has(name)) mistake = validation.apply(schema, value, place, anchor, evaluated) ?? mistake;
  }
  for (const [name, either] of entriesOf(dependencies)) {
    if (!value.has(name)) continue;
    if (Array.isArray(either)) require(name, either);
    else mistake = validation.apply(either, value, place, anchor) ?? mistake;
  }
  return mistake;
}

function memberMistake(validation: Validation, value: JsonObject, at: Application): Mistake | undefined {
  const { properties, patternProperties, additionalProperties, unevaluatedProperties } = at.schema;
  if (!hasKeywords(at.schema)) return undefined;
  const members = new Members(validation, value, at);
  for (const [name, schema] of entriesOf(properties)) {
    const mistake = members.apply(schema, name);
    // The first member that is wrong is reason enough.
    if (mistake) return mistake;
  }
  let mistake: Mistake | undefined;
  for (const [pattern, schema] of entriesOf(patternProperties)) {
    validation.passOver(value.size);
    for (const name of value.keys()) {
      if (validation.expressions.testName(pattern, name)) mistake = members.apply(schema, name) ?? mistake;
    }
  }
  if (mistake) return mistake;
  if (additionalProperties !== undefined) {
    for (const name of value.keys()) {
      if (!members.isMatched(name)) mistake = members.apply(additionalProperties, name) ?? mistake;
    }
    return mistake;
  }
  if (unevaluatedProperties === undefined) return undefined;
  for (const name of value.keys()) {
    if (at.evaluated?.has(name) !== true) mistake = members.apply(unevaluatedProperties, name) ?? mistake;
  }
  return mistake;
}

function hasKeywords({
  properties,
  patternProperties,
  additionalProperties,
  unevaluatedProperties,
}: PlainSchema): boolean {
  return (properties ?? patternProperties ?? additionalProperties ?? unevaluatedProperties) !== undefined;
}

/** The members of one object, and those that a keyword of its schema has been applied to. */
class Members {
  readonly #validation: Validation;
  readonly #value: JsonObject;
  readonly #at: Application;
  readonly #matched = new Set<string>();

  constructor(validation: Validation, value: JsonObject, at: Application) {
    this.#validation = validation;
    this.#value = value;
    this.#at = at;
  }

  isMatched(name: string): boolean {
    return this.#matched.has(name);
  }

  apply(schema: unknown, name: string): Mistake | undefined {
    const member = this.#value.get(name);
    if (member === undefined) return undefined;
    const { place, anchor, evaluated } = this.#at;
    this.#matched.add(name);
    const mistake = this.#validation.apply(schema, member, { parent: place, key: name }, anchor);
    if (!mistake) evaluated?.add(name);
    return mistake;
  }
}

function entriesOf(schemas: unknown): readonly (readonly [name: string, schema: unknown])[] {
  return isPlainObject(schemas) ? Object.entries(schemas) : [];
}

function namesOf(keyword: string, names: unknown): readonly string[] {
  if (!Array.isArray(names)) throw misused(keyword, 'list');
  return names.map(String);
}
