import { FULL_EFFORT, type Effort } from '../effort';
import { isJsonArray, isJsonObject, type JsonValue } from '../json/jsonValue';
import { FilterTest } from './filterTest';
import type { JsonPathQuery, Segment, Selector } from './query';

/**
 * The values that a query finds, in the order of the document.
 * @returns `undefined` when the query looks at more values than it may, as filters in filters can.
 */
export function selectJson(
  query: JsonPathQuery,
  root: JsonValue,
  effort: Effort = FULL_EFFORT,
): readonly JsonValue[] | undefined {
  try {
    return new Selection(root, effort).run(query, root);
  } catch (error) {
    if (!(error instanceof TooManyVisits)) throw error;
    effort.onExceeded();
    return undefined;
  }
}

class TooManyVisits extends Error {}

/** One run of a query and of those within it. */
class Selection {
  readonly #root: JsonValue;
  readonly #test: FilterTest;
  #visits: number;

  constructor(root: JsonValue, effort: Effort) {
    this.#root = root;
    this.#visits = effort.visits;
    this.#test = new FilterTest((query, current) => this.run(query, current), effort);
  }

  run({ root, segments }: JsonPathQuery, current: JsonValue): readonly JsonValue[] {
    let nodes: readonly JsonValue[] = [root === '$' ? this.#root : current];
    for (const segment of segments) nodes = this.#apply(segment, nodes);
    return nodes;
  }

  #apply({ descendant, selectors }: Segment, nodes: readonly JsonValue[]): readonly JsonValue[] {
    const found: JsonValue[] = [];
    for (const node of nodes) {
      if (descendant) this.#descend(node, selectors, found);
      else for (const selector of selectors) this.#select(selector, node, found);
    }
    return found;
  }

  /** The node and everything below, each before what is in it. */
  #descend(top: JsonValue, selectors: readonly Selector[], found: JsonValue[]): void {
    const waiting: JsonValue[] = [top];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      for (const selector of selectors) this.#select(selector, node, found);
      const first = waiting.length;
      for (const child of childrenOf(node)) if (isContainer(child)) waiting.push(child);
      reverseFrom(waiting, first);
      this.#visit(1 + waiting.length - first);
    }
  }

  #select(selector: Selector, node: JsonValue, found: JsonValue[]): void {
    this.#visit(1);
    switch (selector.kind) {
      case 'name': {
        const value = isJsonObject(node) ? node.get(selector.name) : undefined;
        if (value !== undefined) found.push(value);
        return;
      }
      case 'wildcard':
        for (const child of childrenOf(node)) found.push(this.#visited(child));
        return;
      case 'index': {
        if (!isJsonArray(node)) return;
        const value = node.at(selector.index);
        if (value !== undefined) found.push(value);
        return;
      }
      case 'slice':
        if (isJsonArray(node))
          for (const index of sliceIndexes(selector, node.length)) found.push(this.#visited(node[index] ?? null));
        return;
      case 'filter':
        for (const child of childrenOf(node)) {
          if (this.#test.holds(selector.test, this.#visited(child))) found.push(child);
        }
    }
  }

  #visited(value: JsonValue): JsonValue {
    this.#visit(1);
    return value;
  }

  #visit(count: number): void {
    this.#visits -= count;
    if (this.#visits < 0) throw new TooManyVisits();
  }
}

function childrenOf(node: JsonValue): Iterable<JsonValue> {
  if (isJsonObject(node)) return node.values();
  return isJsonArray(node) ? node : NONE;
}

const NONE: readonly JsonValue[] = [];

function isContainer(node: JsonValue): boolean {
  return isJsonObject(node) || isJsonArray(node);
}

function reverseFrom(list: JsonValue[], first: number): void {
  for (let low = first, high = list.length - 1; low < high; low++, high--) {
    const kept = list[low] ?? null;
    list[low] = list[high] ?? null;
    list[high] = kept;
  }
}

/** RFC 9535 §2.3.4.2.2. */
function* sliceIndexes(
  { start, end, step = 1 }: Extract<Selector, { kind: 'slice' }>,
  length: number,
): Generator<number> {
  if (step === 0) return;
  const first = start === undefined ? (step > 0 ? 0 : length - 1) : start < 0 ? start + length : start;
  const last = end === undefined ? (step > 0 ? length : -1) : end < 0 ? end + length : end;
  if (step > 0) {
    for (let index = Math.max(first, 0); index < Math.min(last, length); index += step) yield index;
    return;
  }
  for (let index = Math.min(first, length - 1); index > Math.max(last, -1); index += step) yield index;
}
