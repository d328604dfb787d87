import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../../../src/core/json/jsonValue';
import { readJson } from '../../../../src/core/json/readJson';
import { writeJson } from '../../../../src/core/json/writeJson';
import { parseJsonPath } from '../../../../src/core/jsonPath/parseJsonPath';
import { selectJson } from '../../../../src/core/jsonPath/selectJson';
import { copiedNode, prettyText } from '../../../../src/core/response/copiedNode';
import { formatJsonPath } from '../../../../src/core/response/formatJsonPath';
import { jsonNodeAt } from '../../../../src/core/response/jsonNodeAt';
import { Secret } from '../../../../src/core/secret';
import { allRows, memoryBody, openBody } from './openBody';
import { fc } from '../../../helpers/properties';

const pause = (): Promise<void> => Promise.resolve();

async function copied(text: string, line: number, what: 'path' | 'value'): Promise<string | undefined> {
  return copiedNode(await openBody(text), line, what, pause);
}

const TEXT = '{"a b":[1.10,{"x":"say \\"hi\\""}],"c":{},"d":[],"e":12345678901234567890}';

for (const [line, path, value] of [
  [1, '$', prettyText(TEXT)],
  [2, "$['a b']", '[\n  1.10,\n  {\n    "x": "say \\"hi\\""\n  }\n]'],
  [3, "$['a b'][0]", '1.10'],
  [4, "$['a b'][1]", '{\n  "x": "say \\"hi\\""\n}'],
  [5, "$['a b'][1].x", 'say "hi"'],
  [6, "$['a b'][1]", '{\n  "x": "say \\"hi\\""\n}'],
  [8, '$.c', '{}'],
  [9, '$.d', '[]'],
  [10, '$.e', '12345678901234567890'],
  [11, '$', prettyText(TEXT)],
] as const) {
  test(`line ${line} is ${path}`, async () => {
    assert.equal(await copied(TEXT, line, 'path'), path);
    assert.equal(await copied(TEXT, line, 'value'), value);
  });
}

test('a line that is not there is nothing', async () => {
  assert.equal(await copied(TEXT, 12, 'path'), undefined);
});

test('names are written so that the path finds them', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.nat(3))), (segments) => {
      const parsed = parseJsonPath(formatJsonPath(segments));
      assert.ok(parsed.ok || formatJsonPath(segments).length > 2000, formatJsonPath(segments));
      const found = parsed.ok ? parsed.query.segments.map(({ selectors }) => selectors[0]) : [];
      const names = found.map((selector) =>
        selector?.kind === 'name' ? selector.name : selector?.kind === 'index' ? selector.index : undefined,
      );
      if (parsed.ok) assert.deepEqual(names, segments);
    }),
  );
});

test('the path of every line finds the value of that line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), async (value) => {
      const text = ` ${JSON.stringify(value, undefined, 1)}\n`;
      const json = readJson(text);
      assert.ok(json.ok);
      const view = await openBody(text);
      const lines = (await allRows(view, { form: 'pretty', width: 0 })).length;
      for (let line = 1; line <= lines; line++) {
        const node = await jsonNodeAt(memoryBody(text), line, pause);
        assert.ok(node, `line ${line} of ${text}`);
        const parsed = parseJsonPath(formatJsonPath(node.path));
        if (!parsed.ok) continue;
        const [found]: readonly unknown[] = selectJson(parsed.query, json.value) ?? [];
        assert.ok(found !== undefined, formatJsonPath(node.path));
        const own = readJson(Buffer.from(text).subarray(node.start, node.end).toString());
        // Of members with one name the last counts.
        if (own.ok) assert.equal(writeJson(own.value), writeJson(found as JsonValue));
      }
    }),
    { numRuns: 100 },
  );
});

test('neither path nor value shows a secret, however it is escaped', async () => {
  const secret = 'canary-token-0042';
  const escaped = Array.from(secret, (character) => `\\u00${character.charCodeAt(0).toString(16)}`).join('');
  const view = await openBody(`{"${secret}":1,"x":"${escaped}"}`, { mask: [new Secret(secret)] });
  for (const line of [1, 2, 3]) {
    for (const what of ['path', 'value'] as const) {
      const node = await copiedNode(view, line, what, pause);
      assert.ok(node !== undefined && !node.includes('canary'), node);
    }
  }
});
