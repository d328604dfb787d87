import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JsonIndexer, MAX_LEVEL } from '../../../../src/core/response/jsonIndexer';
import { openBody } from './openBody';
import { fc } from '../../../helpers/properties';

/** JSON text as odd servers write it: any whitespace between tokens, odd escapes. */
const looseJson = fc
  .tuple(
    fc.json({ maxDepth: 6 }),
    fc.array(fc.constantFrom(' ', '\n', '\t', '\r\n', ''), { minLength: 1, maxLength: 7 }),
  )
  .map(([text, spaces]) => spread(text, spaces));

/** Puts whitespace around every token outside strings. */
function spread(text: string, spaces: readonly string[]): string {
  let turn = 0;
  const space = (): string => spaces[turn++ % spaces.length]!;
  return text.replace(/"(?:[^"\\]|\\.)*"|[^\s"{}[\],:]+|[{}[\],:]/g, (token) => `${space()}${token}${space()}`);
}

async function pretty(text: string): Promise<string> {
  const view = await openBody(text);
  assert.equal(view.hasPretty, true, `not seen as JSON: ${text.slice(0, 200)}`);
  return view.text('pretty');
}

void test('the pretty form means the same as the text', async () => {
  await fc.assert(
    fc.asyncProperty(looseJson, async (text) => {
      assert.deepEqual(JSON.parse(await pretty(text)), JSON.parse(text));
    }),
  );
});

void test('the pretty form is that of JSON.stringify, save that numbers and escapes keep their spelling', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), async (value) => {
      assert.equal(await pretty(JSON.stringify(value)), JSON.stringify(value, undefined, 2));
    }),
  );
});

void test('the pretty form does not depend on the whitespace that was there, and is its own pretty form', async () => {
  await fc.assert(
    fc.asyncProperty(looseJson, async (text) => {
      const once = await pretty(text);
      assert.equal(await pretty(once), once);
    }),
  );
});

void test('numbers and escapes stay byte for byte', async () => {
  const text = '{"big":12345678901234567890,"price":1.10,"exp":-0.5E+07,"zero":-0,"esc":"\\u00e9\\/","dup":1,"dup":2}';
  assert.equal(
    await pretty(text),
    [
      '{',
      '  "big": 12345678901234567890,',
      '  "price": 1.10,',
      '  "exp": -0.5E+07,',
      '  "zero": -0,',
      '  "esc": "\\u00e9\\/",',
      '  "dup": 1,',
      '  "dup": 2',
      '}',
    ].join('\n'),
  );
});

void test('empty containers stay on their line', async () => {
  assert.equal(await pretty('{"a":[ ],"b":{ \n },"c":[[]]}'), '{\n  "a": [],\n  "b": {},\n  "c": [\n    []\n  ]\n}');
});

void test('what JSON.parse refuses is shown as it came, with the place of the mistake', async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.json({ maxDepth: 3 }),
      fc.nat(),
      fc.constantFrom('', ',', '}', ']', '"', '\\', 'x', '01', '.'),
      async (text, at, odd) => {
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + odd + text.slice(place + (odd === '' ? 1 : 0));
        const view = await openBody(broken === '' ? ' ' : broken);
        const valid = parses(broken);
        assert.equal(view.hasPretty, valid, broken);
        assert.equal(view.mistake === undefined, valid);
        if (!valid) {
          refused++;
          assert.equal(await view.text('pretty'), await view.text('raw'));
        }
      },
    ),
    { numRuns: 500 },
  );
  assert.ok(refused > 50, `only ${refused} texts were refused`);
});

for (const [text, line, column] of [
  ['{"a":1,}', 1, 8],
  ['{"a":01}', 1, 7],
  ['{\n  "a": tru\n}', 2, 8],
  ['[1 2]', 1, 4],
  ['"tab\there"', 1, 5],
  ['"\\x"', 1, 2],
  ['[1', 1, 3],
  ['1 1', 1, 3],
  ['{"a" 1}', 1, 6],
  ['[-]', 1, 3],
  ['[1.]', 1, 4],
  ['[1e]', 1, 4],
] as const) {
  void test(`names the place of the mistake in ${JSON.stringify(text)}`, async () => {
    assert.throws(() => JSON.parse(text) as unknown);
    assert.deepEqual((await openBody(text)).mistake, { line, column });
  });
}

void test('any bytes at all are shown and never throw', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom('application/json', 'text/plain', undefined),
      async (bytes, contentType) => {
        const view = await openBody(bytes, { contentType });
        const rows = await view.rows({ form: 'pretty', width: 20 }, 0, 1000);
        assert.equal(rows.length, await view.rowCount({ form: 'pretty', width: 20 }));
      },
    ),
    { numRuns: 500 },
  );
});

void test('nesting a million deep costs neither the stack nor gigabytes of spaces', async () => {
  const depth = 1_000_000;
  const view = await openBody('['.repeat(depth) + ']'.repeat(depth));
  assert.equal(view.lineCount('pretty'), 2 * depth - 1);
  const [row] = await view.rows({ form: 'pretty', width: 0 }, depth - 10, depth);
  assert.equal(row?.text, ' '.repeat(2 * MAX_LEVEL) + '[');
});

void test('indexing goes on where it stopped, at any place', () => {
  fc.assert(
    fc.property(looseJson, fc.integer({ min: 1, max: 9 }), (text, slice) => {
      const whole = new JsonIndexer(text).advance(text.length + 1);
      const sliced = new JsonIndexer(text);
      let state = sliced.advance(slice);
      while (state.kind === 'more') state = sliced.advance(slice);
      assert.deepEqual(state, whole.kind === 'more' ? undefined : whole);
    }),
  );
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
