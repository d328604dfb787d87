import * as assert from 'node:assert/strict';
import { test } from 'node:test';
import { shareCores } from '../../tools/run/shareCores';

interface Sample {
  readonly name: string;
  readonly cores: 1 | 2;
}

/** What runs at the start of each layer. */
async function startsOf(layers: readonly Sample[]): Promise<readonly string[]> {
  const running = new Set<string>();
  const starts: string[] = [];
  await shareCores(layers, async ({ name }) => {
    running.add(name);
    starts.push([...running].join(' '));
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    running.delete(name);
  });
  return starts;
}

const one = (name: string): Sample => ({ name, cores: 1 });
const two = (name: string): Sample => ({ name, cores: 2 });

test('layers of one core run side by side, those of two alone', async () => {
  assert.deepEqual(await startsOf([one('a'), one('b'), two('c'), one('d'), one('e')]), ['a', 'a b', 'c', 'd', 'd e']);
});

test('none overtakes another', async () => {
  assert.deepEqual(await startsOf([one('a'), two('b'), one('c')]), ['a', 'b', 'c']);
});

test('what one throws comes out', async () => {
  const failing = shareCores([one('a'), one('b')], ({ name }) =>
    name === 'a' ? Promise.reject(new Error('boom')) : Promise.resolve(),
  );
  await assert.rejects(failing, /boom/);
});
