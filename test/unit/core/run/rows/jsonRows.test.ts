import assert from 'node:assert/strict';
import { it } from 'node:test';
import { jsonItems } from '../../../../../src/core/run/rows/jsonRows';
import { inPieces } from '../../../../helpers/runs';

it('a large JSON file of rows is read in turns with everything else', async () => {
  const rows = Array.from({ length: 20_000 }, (_, id) => ({ id, tags: ['a', 'b'], of: { name: `row ${id}` } }));
  let pauses = 0;
  const pause = (): Promise<void> => {
    pauses++;
    return Promise.resolve();
  };
  const items = await jsonItems(inPieces(JSON.stringify(rows), 65_536), 'rows.json', pause);
  assert.equal(items.length, rows.length);
  assert.ok(pauses > 10, `${pauses} pauses`);
});
