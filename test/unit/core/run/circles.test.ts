import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { circlesAmong } from '../../../../src/core/run/circles';
import { fc } from '../../../helpers/properties';

const among = (graph: Readonly<Record<string, readonly string[]>>): Readonly<Record<string, string>> => {
  const circles = circlesAmong(Object.keys(graph), (item) => graph[item] ?? []);
  return Object.fromEntries([...circles].map(([item, way]) => [item, way.join('')]));
};

describe('circles', () => {
  it('are found from each of their members, by the shortest way', () => {
    assert.deepEqual(among({ a: ['b'], b: ['c'], c: [] }), {});
    assert.deepEqual(among({ a: ['a'] }), { a: 'aa' });
    assert.deepEqual(among({ a: ['b'], b: ['c'], c: ['b'] }), { b: 'bcb', c: 'cbc' });
    assert.deepEqual(among({ a: ['b', 'c'], b: ['c'], c: ['a'] }), { a: 'aca', b: 'bcab', c: 'cac' });
  });

  it('are what a search from each item finds', () => {
    const size = 6;
    const edges = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 12 });
    fc.assert(
      fc.property(edges, (pairs) => {
        const after = (item: number): readonly number[] => pairs.filter(([from]) => from === item).map(([, to]) => to);
        const reaches = (start: number): boolean => {
          const seen = new Set<number>();
          const waiting = [...after(start)];
          for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
            if (!seen.has(item)) waiting.push(...after(item));
            seen.add(item);
          }
          return seen.has(start);
        };
        const items = Array.from({ length: size }, (_, index) => index);
        const circles = circlesAmong(items, after);
        assert.deepEqual(
          items.filter((item) => circles.has(item)),
          items.filter(reaches),
        );
        for (const [item, way] of circles) {
          assert.deepEqual([way[0], way.at(-1)], [item, item]);
          for (const [index, each] of way.slice(0, -1).entries()) assert.ok(after(each).includes(way[index + 1] ?? -1));
        }
      }),
    );
  });

  it('cost little where there are none, however long the chain is', () => {
    const items = Array.from({ length: 20_000 }, (_, index) => index);
    const begin = performance.now();
    assert.equal(circlesAmong(items, (item) => (item > 0 ? [item - 1] : [])).size, 0);
    assert.ok(performance.now() - begin < 5_000);
  });
});
