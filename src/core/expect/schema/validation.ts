import type { SchemaDraft } from '@cfworker/json-schema';
import type { Effort } from '../../effort';
import { isJsonArray, isJsonObject, JsonNumber, jsonTypeOf, type JsonValue } from '../../json/jsonValue';
import { shorten } from '../../request/shorten';
import type { LoadedSchema } from './loadSchema';
import { isPlainObject, type PlainSchema } from './subschemas';
import { arrayMistake } from './arrayKeywords';
import { CanonicalValues } from './canonicalValues';
import { equalsPlain } from './equalsPlain';
import type { DynamicScope } from './dynamicAnchors';
import { Evaluated } from './evaluated';
import type { Mistake, Place } from './mistake';
import { objectMistake } from './objectKeywords';
import { numberMistake, textMistake } from './scalarKeywords';
import type { SchemaExpressions } from './schemaExpressions';
import { misused, SchemaProblem } from './schemaProblem';

/** The schema that `$recursiveRef` leads to (2019-09). */
type Anchor = PlainSchema | undefined;

/** A schema as it is applied to a value. */
export interface Application {
  readonly schema: PlainSchema;
  readonly place: Place;
  readonly anchor: Anchor;
  /** `undefined` where no schema asks for it. */
  readonly evaluated: Evaluated | undefined;
}

export interface ValidationOptions {
  readonly draft: SchemaDraft;
  readonly byUri: LoadedSchema['byUri'];
  /** `undefined` where no schema has a `$dynamicRef`. */
  readonly dynamic: DynamicScope | undefined;
  /** Some schema has `unevaluatedProperties` or `unevaluatedItems`. */
  readonly tracksEvaluated: boolean;
  readonly expressions: SchemaExpressions;
  readonly effort: Effort;
}

/** Entries of lists and maps that are passed over in the time that it takes to apply a schema. */
const ENTRIES_AT_ONCE = 16;

/**
 * Applies schemas to values. What a schema could keep it busy with has a limit: its applications are counted, its
 * expressions take linear time, and no item is compared with each other one.
 */
export class Validation {
  readonly expressions: SchemaExpressions;
  readonly values = new CanonicalValues();
  readonly #options: ValidationOptions;
  readonly #weights = new Map<PlainSchema, number>();
  #left: number;

  constructor(options: ValidationOptions) {
    this.expressions = options.expressions;
    this.#options = options;
    this.#left = options.effort.applications;
  }

  /**
   * Why a value is not valid by a schema, the last reason that there is; `undefined` when it is valid.
   * @throws SchemaProblem; RangeError where the schema or the value is nested too deep.
   */
  apply(schema: unknown, value: JsonValue, place: Place, anchor: Anchor, outer?: Evaluated): Mistake | undefined {
    if (schema === false) return { place, says: () => 'Nothing is allowed here' };
    if (!isPlainObject(schema)) return undefined;
    const { dynamic } = this.#options;
    const action = (): Mistake | undefined => this.#applyMap(schema, value, place, anchor, outer);
    return dynamic ? dynamic.within(schema, action) : action();
  }

  #applyMap(
    schema: PlainSchema,
    value: JsonValue,
    place: Place,
    anchor: Anchor,
    outer: Evaluated | undefined,
  ): Mistake | undefined {
    this.#spend(1 + this.#weightOf(schema));
    const evaluated = outer ?? (this.#options.tracksEvaluated ? new Evaluated() : undefined);
    const own = schema['$recursiveAnchor'] === true ? (anchor ?? schema) : anchor;
    const at = { schema, place, anchor: own, evaluated };
    const referred = this.#references(value, at);
    const isAlone = typeof schema['$ref'] === 'string' && (this.#options.draft === '4' || this.#options.draft === '7');
    if (isAlone) return referred;
    const typed = this.#type(value, at) ?? referred;
    const combined = this.#combinations(value, at) ?? typed;
    const chosen = this.#condition(value, at) ?? combined;
    return this.#keywords(value, at) ?? chosen;
  }

  /** So many entries of a list or map are looked at. */
  passOver(entries: number): void {
    this.#spend(Math.floor(entries / ENTRIES_AT_ONCE));
  }

  #spend(applications: number): void {
    this.#left -= applications;
    if (this.#left >= 0) return;
    this.#options.effort.onExceeded();
    throw new SchemaProblem('the schema takes too long on this body');
  }

  /** What looking through the lists and maps of a schema itself costs. */
  #weightOf(schema: PlainSchema): number {
    const known = this.#weights.get(schema);
    if (known !== undefined) return known;
    let entries = 0;
    for (const value of Object.values(schema)) {
      if (typeof value === 'object' && value !== null) entries += Object.keys(value).length;
    }
    const weight = Math.floor(entries / ENTRIES_AT_ONCE);
    this.#weights.set(schema, weight);
    return weight;
  }

  #references(value: JsonValue, { schema, place, anchor, evaluated }: Application): Mistake | undefined {
    const { $ref, $recursiveRef, __absolute_ref__: absolute, __absolute_recursive_ref__: recursive } = schema;
    const { $dynamicRef } = schema;
    const { dynamic } = this.#options;
    let mistake: Mistake | undefined;
    if (dynamic && typeof $dynamicRef === 'string') {
      mistake = this.apply(dynamic.follow($dynamicRef, schema), value, place, anchor, evaluated);
    }
    if ($recursiveRef === '#') {
      const next = anchor ?? this.#at(recursive);
      mistake =
        this.apply(anchor ?? schema, value, place, isPlainObject(next) ? next : undefined, evaluated) ?? mistake;
    }
    if (typeof $ref !== 'string') return mistake;
    const referred = this.#at(absolute) ?? this.#at($ref);
    if (referred === undefined) throw new SchemaProblem(`there is nothing at ${shorten($ref)}`);
    return this.apply(referred, value, place, anchor, evaluated) ?? mistake;
  }

  #at(uri: unknown): unknown {
    return typeof uri === 'string' ? this.#options.byUri[uri] : undefined;
  }

  /** `type`, `const`, `enum` and `not`. */
  #type(value: JsonValue, { schema, place, anchor }: Application): Mistake | undefined {
    const { type, const: only, enum: some, not } = schema;
    if (not !== undefined && !this.apply(not, value, place, anchor)) {
      return { place, says: () => 'Instance matched "not" schema' };
    }
    if (some !== undefined) {
      if (!Array.isArray(some)) throw misused('enum', 'list');
      if (!some.some((each) => equalsPlain(value, each))) {
        return { place, says: () => `Instance does not match any of ${JSON.stringify(some)}` };
      }
    }
    if (only !== undefined && !equalsPlain(value, only)) {
      return { place, says: () => `Instance does not match ${JSON.stringify(only)}` };
    }
    const types: readonly unknown[] = Array.isArray(type) ? type : [type];
    if (type === undefined || types.some((each) => hasType(value, each))) return undefined;
    const expected = types.map((each) => `"${String(each)}"`).join(', ');
    return { place, says: () => `Instance type "${jsonTypeOf(value)}" is invalid. Expected ${expected}` };
  }

  /** `anyOf`, `allOf`, `pattern` and `oneOf`. */
  #combinations(value: JsonValue, at: Application): Mistake | undefined {
    const { anyOf, allOf, oneOf, pattern } = at.schema;
    const valid: Evaluated[] = [];
    let mistake = this.#anyOf(anyOf, value, at, valid);
    for (const schema of listOf('allOf', allOf)) mistake = this.#branch(schema, value, at, valid) ?? mistake;
    if (typeof pattern === 'string' && typeof value === 'string' && !this.expressions.test(pattern, value)) {
      mistake = { place: at.place, says: () => `String does not match pattern "${pattern}"` };
    }
    mistake = this.#oneOf(oneOf, value, at, valid) ?? mistake;
    at.evaluated?.absorb(valid);
    return mistake;
  }

  #anyOf(schemas: unknown, value: JsonValue, at: Application, valid: Evaluated[]): Mistake | undefined {
    if (schemas === undefined) return undefined;
    let mistake: Mistake | undefined = { place: at.place, says: () => 'Instance does not match any subschemas' };
    let isValid = false;
    for (const schema of listOf('anyOf', schemas)) {
      const own = this.#branch(schema, value, at, valid);
      isValid ||= own === undefined;
      if (isValid && !at.evaluated) return undefined;
      mistake = own ?? mistake;
    }
    return isValid ? undefined : mistake;
  }

  #oneOf(schemas: unknown, value: JsonValue, at: Application, valid: Evaluated[]): Mistake | undefined {
    if (schemas === undefined) return undefined;
    let count = 0;
    let mistake: Mistake | undefined;
    for (const schema of listOf('oneOf', schemas)) {
      const own = this.#branch(schema, value, at, valid);
      if (own) mistake = own;
      else count++;
    }
    if (count === 1) return undefined;
    const says = (): string => `Instance does not match exactly one subschema (${count} matches)`;
    return mistake ?? { place: at.place, says };
  }

  /** One of several schemas; what it evaluates counts when the value is valid by it. */
  #branch(schema: unknown, value: JsonValue, at: Application, valid: Evaluated[]): Mistake | undefined {
    const evaluated = at.evaluated && new Evaluated(at.evaluated);
    const anchor = at.schema['$recursiveAnchor'] === true ? at.anchor : undefined;
    const mistake = this.apply(schema, value, at.place, anchor, evaluated);
    if (!mistake && evaluated) valid.push(evaluated);
    return mistake;
  }

  #condition(value: JsonValue, { schema, place, anchor, evaluated }: Application): Mistake | undefined {
    const { if: condition, then, else: otherwise } = schema;
    if (condition === undefined) return undefined;
    const own = evaluated && new Evaluated();
    if (this.apply(condition, value, place, anchor, own)) {
      return otherwise === undefined ? undefined : this.apply(otherwise, value, place, anchor, evaluated);
    }
    if (own) evaluated.absorb([own]);
    return then === undefined ? undefined : this.apply(then, value, place, anchor, evaluated);
  }

  #keywords(value: JsonValue, at: Application): Mistake | undefined {
    if (isJsonObject(value)) return objectMistake(this, value, at);
    if (isJsonArray(value)) return arrayMistake(this, value, at);
    const { schema, place } = at;
    const says =
      value instanceof JsonNumber
        ? numberMistake(schema, Number(value.literal), this.#options.draft === '4')
        : typeof value === 'string'
          ? textMistake(schema, value)
          : undefined;
    return says === undefined ? undefined : { place, says: () => says };
  }
}

function listOf(keyword: string, schemas: unknown): readonly unknown[] {
  if (schemas === undefined) return [];
  if (!Array.isArray(schemas)) throw misused(keyword, 'list');
  return schemas;
}

function hasType(value: JsonValue, type: unknown): boolean {
  if (type === 'integer') return value instanceof JsonNumber && isInteger(Number(value.literal));
  return jsonTypeOf(value) === type;
}

/** What is beyond all numbers of the machine has no fraction. */
function isInteger(value: number): boolean {
  return Number.isInteger(value) || !Number.isFinite(value);
}
