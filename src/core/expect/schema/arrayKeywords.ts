import type { JsonValue } from '../../json/jsonValue';
import type { PlainSchema } from './subschemas';
import type { Mistake, Place } from './mistake';
import type { Application, Validation } from './validation';

/** What the keywords for arrays have against one; the last reason. */
export function arrayMistake(
  validation: Validation,
  items: readonly JsonValue[],
  at: Application,
): Mistake | undefined {
  const { schema, place } = at;
  const sized = sizeMistake(schema, items.length, place);
  const walk = new Items(validation, items, at);
  const each = walk.each() ?? sized;
  const contained = containsMistake(validation, items, at) ?? each;
  const left = walk.unevaluated() ?? contained;
  if (schema['uniqueItems'] !== true) return left;
  const repeat = validation.values.firstRepeat(items);
  return repeat ? { place, says: () => `Duplicate items at indexes ${repeat.join(' and ')}` } : left;
}

function sizeMistake({ minItems, maxItems }: PlainSchema, length: number, place: Place): Mistake | undefined {
  if (minItems !== undefined && length < Number(minItems)) {
    return { place, says: () => `Array has too few items (${length} < ${Number(minItems)})` };
  }
  if (maxItems !== undefined && length > Number(maxItems)) {
    return { place, says: () => `Array has too many items (${length} > ${Number(maxItems)})` };
  }
  return undefined;
}

/** The items of one array, from the first that no keyword has been applied to. */
class Items {
  readonly #validation: Validation;
  readonly #items: readonly JsonValue[];
  readonly #at: Application;
  #next = 0;
  #isStopped = false;

  constructor(validation: Validation, items: readonly JsonValue[], at: Application) {
    this.#validation = validation;
    this.#items = items;
    this.#at = at;
  }

  /** `prefixItems`, `items` and `additionalItems`. */
  each(): Mistake | undefined {
    const { prefixItems, items, additionalItems } = this.#at.schema;
    let mistake = Array.isArray(prefixItems) ? this.#listed(prefixItems) : undefined;
    if (items === undefined) return mistake;
    mistake = (Array.isArray(items) ? this.#listed(items) : this.#rest(items, true)) ?? mistake;
    if (this.#isStopped || additionalItems === undefined) return mistake;
    return this.#rest(additionalItems, false) ?? mistake;
  }

  unevaluated(): Mistake | undefined {
    const { unevaluatedItems } = this.#at.schema;
    if (unevaluatedItems === undefined || this.#isStopped) return undefined;
    let mistake: Mistake | undefined;
    for (; this.#next < this.#items.length; this.#next++) {
      if (this.#at.evaluated?.has(this.#next) !== true) mistake = this.#apply(unevaluatedItems) ?? mistake;
    }
    return mistake;
  }

  #listed(schemas: readonly unknown[]): Mistake | undefined {
    const end = Math.min(schemas.length, this.#items.length);
    for (; this.#next < end; this.#next++) {
      const mistake = this.#apply(schemas[this.#next]);
      if (mistake) return this.#stop(mistake);
    }
    return undefined;
  }

  #rest(schema: unknown, stops: boolean): Mistake | undefined {
    let mistake: Mistake | undefined;
    for (; this.#next < this.#items.length; this.#next++) {
      mistake = this.#apply(schema) ?? mistake;
      if (mistake && stops) break;
    }
    return mistake && this.#stop(mistake);
  }

  #stop(mistake: Mistake): Mistake {
    this.#isStopped = true;
    return mistake;
  }

  #apply(schema: unknown): Mistake | undefined {
    const index = this.#next;
    const { place, anchor, evaluated } = this.#at;
    evaluated?.add(index);
    return this.#validation.apply(schema, this.#items[index] ?? null, { parent: place, key: index }, anchor);
  }
}

function containsMistake(
  validation: Validation,
  items: readonly JsonValue[],
  { schema, place, anchor, evaluated }: Application,
): Mistake | undefined {
  const { contains, minContains, maxContains } = schema;
  if (contains === undefined) return undefined;
  if (items.length === 0 && minContains === undefined) {
    return { place, says: () => 'Array is empty. It must contain at least one item matching the schema' };
  }
  if (minContains !== undefined && items.length < Number(minContains)) {
    const says = (): string => `Array has less items (${items.length}) than minContains (${Number(minContains)})`;
    return { place, says };
  }
  let count = 0;
  for (const [index, item] of items.entries()) {
    if (validation.apply(contains, item, { parent: place, key: index }, anchor)) continue;
    evaluated?.add(index);
    count++;
  }
  if (minContains === undefined && count === 0) {
    return { place, says: () => 'Array does not contain item matching schema' };
  }
  if (minContains !== undefined && count < Number(minContains)) {
    const least = Number(minContains);
    const says = (): string =>
      `Array must contain at least ${least} items matching schema. Only ${count} items were found`;
    return { place, says };
  }
  if (maxContains === undefined || count <= Number(maxContains)) return undefined;
  const most = Number(maxContains);
  return { place, says: () => `Array may contain at most ${most} items matching schema. ${count} items were found` };
}
