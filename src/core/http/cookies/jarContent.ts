import type { KeptCookie } from './keptCookie';

/** What became of a cookie, and when that was. */
export interface CookieMark {
  /** Of two windows' words about one cookie the one with the higher number counts. Milliseconds where clocks agree. */
  readonly stamp: number;
  /** `undefined`: it was removed. */
  readonly cookie: KeptCookie | undefined;
}

/** What a jar holds, or what somebody has done to it: windows put theirs together in any order, as often as they like. */
export interface JarContent {
  /** Everything up to this stamp was forgotten; 0: nothing ever was. */
  readonly clearedAt: number;
  /** By {@link cookieId}. */
  readonly marks: ReadonlyMap<string, CookieMark>;
}

export const EMPTY_JAR: JarContent = { clearedAt: 0, marks: new Map() };

/** Both together: the later word about each cookie (of two at once the first), nothing of what either has forgotten. */
export function merged(a: JarContent, b: JarContent): JarContent {
  const clearedAt = Math.max(a.clearedAt, b.clearedAt);
  const marks = new Map<string, CookieMark>();
  for (const [id, mark] of [...a.marks, ...b.marks]) {
    if (mark.stamp > clearedAt && mark.stamp > (marks.get(id)?.stamp ?? 0)) marks.set(id, mark);
  }
  return { clearedAt, marks };
}

/** Whether what is stored lacks something that was done. */
export function isBehind(stored: JarContent, done: JarContent): boolean {
  const isOutdated = ([, { stamp, cookie }]: readonly [string, CookieMark]): boolean =>
    cookie !== undefined && stamp <= done.clearedAt;
  return (
    [...stored.marks].some(isOutdated) ||
    [...done.marks].some(([id, { stamp, cookie }]) => {
      if (stamp <= stored.clearedAt) return false;
      const known = stored.marks.get(id);
      // What is not there need not be removed.
      return known ? known.stamp < stamp : cookie !== undefined;
    })
  );
}

/** The cookies in it, in the order in which they were marked. */
export function cookiesIn({ marks }: JarContent): readonly KeptCookie[] {
  return [...marks.values()].flatMap(({ cookie }) => cookie ?? []);
}

/** The highest stamp in it. */
export function latestStamp({ clearedAt, marks }: JarContent): number {
  let latest = clearedAt;
  for (const { stamp } of marks.values()) latest = Math.max(latest, stamp);
  return latest;
}
