import { finish, type Steps } from '../request/steps';

/** What each of some things depends on. */
export type DependenciesOf<T> = (item: T) => readonly T[];

/**
 * The things that depend on themselves, by way of others or not, each with a shortest way back to itself: both ends of
 * it are the thing. Takes time in proportion to the dependencies where there are no circles.
 */
export function circlesAmong<T>(items: readonly T[], dependenciesOf: DependenciesOf<T>): ReadonlyMap<T, readonly T[]> {
  return finish(circlesAmongInSteps(items, dependenciesOf));
}

/** The same, in steps of a few milliseconds. */
export function* circlesAmongInSteps<T>(
  items: readonly T[],
  dependenciesOf: DependenciesOf<T>,
): Steps<ReadonlyMap<T, readonly T[]>> {
  const circles = new Map<T, readonly T[]>();
  for (const component of yield* componentsOf(items, dependenciesOf)) {
    const members = new Set(component);
    for (const item of component) {
      // A way through many others takes as long as there are many of them.
      if (members.size > ITEMS_PER_STEP) yield;
      const way = shortestWay(item, (each) => dependenciesOf(each).filter((other) => members.has(other)));
      if (way) circles.set(item, way);
    }
  }
  return circles;
}

const ITEMS_PER_STEP = 20;

/** Strongly connected components, by Tarjan's algorithm; depth costs no stack. */
function* componentsOf<T>(items: readonly T[], dependenciesOf: DependenciesOf<T>): Steps<readonly (readonly T[])[]> {
  const components: T[][] = [];
  const order = new Map<T, number>();
  const low = new Map<T, number>();
  const open = new Set<T>();
  const waiting: T[] = [];
  const enter = (item: T): Visit<T> => {
    order.set(item, order.size);
    low.set(item, order.size - 1);
    open.add(item);
    waiting.push(item);
    return { item, dependencies: dependenciesOf(item), next: 0 };
  };
  for (const root of items) {
    if (order.has(root)) continue;
    if (order.size % ITEMS_PER_STEP === 0) yield;
    const visits = [enter(root)];
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const { item } = visit;
      const dependency = visit.dependencies[visit.next++];
      if (dependency !== undefined) {
        if (!order.has(dependency)) {
          if (order.size % ITEMS_PER_STEP === 0) yield;
          visits.push(enter(dependency));
        } else if (open.has(dependency)) lower(low, item, order.get(dependency) ?? 0);
        continue;
      }
      visits.pop();
      const parent = visits.at(-1);
      if (parent) lower(low, parent.item, low.get(item) ?? 0);
      if (low.get(item) === order.get(item)) components.push(takeFrom(waiting, item, open));
    }
  }
  return components;
}

interface Visit<T> {
  readonly item: T;
  readonly dependencies: readonly T[];
  next: number;
}

function lower<T>(low: Map<T, number>, item: T, value: number): void {
  low.set(item, Math.min(low.get(item) ?? value, value));
}

function takeFrom<T>(waiting: T[], first: T, open: Set<T>): T[] {
  const component = waiting.splice(waiting.lastIndexOf(first));
  for (const item of component) open.delete(item);
  return component;
}

function shortestWay<T>(start: T, dependenciesOf: DependenciesOf<T>): readonly T[] | undefined {
  const from = new Map<T, T>();
  const waiting = [start];
  for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
    for (const dependency of dependenciesOf(item)) {
      if (dependency === start) return [...wayTo(item, start, from), start];
      if (from.has(dependency)) continue;
      from.set(dependency, item);
      waiting.push(dependency);
    }
  }
  return undefined;
}

function wayTo<T>(end: T, start: T, from: ReadonlyMap<T, T>): readonly T[] {
  const way = [end];
  for (let item = end; item !== start;) {
    const before = from.get(item);
    if (before === undefined) break;
    way.unshift(before);
    item = before;
  }
  return way;
}
