import assert from 'node:assert/strict';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { isAbort } from '../../../src/core/errors';
import type { BodyThreads } from '../../../src/core/expect/bodyThreads';
import { Secret } from '../../../src/core/secret';
import { ExamineThreads } from '../../../src/node/body/examineThreads';
import { anySchemas, anyValues } from '../../helpers/anySchemas';
import { answered, examine, type ExamineOptions } from '../../helpers/examining';
import { fc } from '../../helpers/properties';
import { repositoryRoot } from '../../helpers/repository';

const script = path.join(repositoryRoot, 'dist', 'examineWorker.js');
const threads = new ExamineThreads(script);
after(() => threads.dispose());

/** Too much to be looked into on the thread of the test: spaces after it are no part of JSON and XML. */
function padded(body: string): string {
  return body + ' '.repeat(300_000);
}

const order = '{"id": 7, "total": 12.50, "big": 12345678901234567890, "lines": [{"sku": "A-1"}, {"sku": "B-2"}]}';
const orders = '<orders xmlns="urn:o"><order id="7"/><order id="8"/></orders>';
const files = {
  'order.json': '{"properties": {"lines": {"items": {"$ref": "./line.yaml"}}}}',
  'line.yaml': 'properties: { sku: { pattern: ^A } }',
  'remote.json': '{"$ref": "https://example.com/x.json"}',
};

describe('what is asked of a body comes out the same in a thread', () => {
  const table: readonly (readonly [lines: string, body: string])[] = [
    ['expect: { body: { $.id: 7, $.total: 12.5, $.big: 12345678901234567890, $.none: 1 } }', order],
    ['expect: { body: { $.lines: { length: 2 }, "$..sku": { contains: C-3 }, $.id: { atLeast: 8 } } }', order],
    ['expect: { body: { text: { matches: "sku.*sku" }, "$.lines[0].sku": { matches: "^B" } } }', order],
    ['expect: { body: { //_:order/@id: [7, 8], count(//_:order): 3, //none: { exists: false } } }', orders],
    ['expect: { body: { $.id: 1 } }', orders],
    ['expect: { body: { $.id: 1 } }', '{"id": 1,\n "x": }'],
    ['expect: { body: { //order: 1 } }', '<order>'],
    ['expect: { schema: ./order.json }', order],
    ['expect: { schema: ./none.json }', order],
    ['expect: { schema: ./remote.json }', order],
    ['expect: { schema: { properties: { id: { const: 12345678901234567891 } } } }', order],
    ['capture: { all: $, big: $.big, skus: "$..sku", none: $.none, part: "regex:sku...(.)", text: body }', order],
    ['capture: { ids: //_:order/@id, count: count(//_:order), wrong: $.id }', orders],
    ['capture: { token: $.access_token }\nexpect: { body: { $.access_token: x, $.copy: y } }', tokens()],
  ];
  for (const [lines, body] of table) {
    it(lines.split('\n').join(', '), async () => {
      const exchange = answered(padded(body), { secrets: [new Secret('B-2-canary')] });
      const here = await examine(lines, exchange, { files });
      assert.deepEqual(await examine(lines, exchange, { files, threads }), here);
      assert.doesNotMatch(JSON.stringify([here.expectations, here.captures]), /canary/);
    });
  }

  it('by any schema', async () => {
    await fc.assert(
      fc.asyncProperty(anySchemas, anyValues, async (schema, value) => {
        const exchange = answered(padded(JSON.stringify(value)));
        const options: ExamineOptions = { files: { 'any.json': JSON.stringify(schema) } };
        const here = await examine('expect: { schema: ./any.json }', exchange, options);
        assert.deepEqual(await examine('expect: { schema: ./any.json }', exchange, { ...options, threads }), here);
      }),
    );
  });
});

function tokens(): string {
  return JSON.stringify({
    access_token: 'canary-of-the-login',
    copy: 'it was canary-of-the-login',
    more: 'B-2-canary',
  });
}

/** Every value asks for four times as many applications as the one in it. */
const doubling = `expect: { schema: { $defs: { d0: { type: object }, ${Array.from({ length: 40 }, (_, n) => `d${n + 1}: { allOf: [{ $ref: "#/$defs/d${n}" }, { $ref: "#/$defs/d${n}" }] }`).join(', ')} }, $ref: "#/$defs/d40" } }`;

describe('what takes long', () => {
  const small = answered('{"a": 1}');
  const impatient = new ExamineThreads(script, { seconds: 1, megabytes: 1000 });
  const narrow = new ExamineThreads(script, { seconds: 60, megabytes: 64 });
  after(() => [impatient, narrow].forEach((each) => each.dispose()));
  const said = async (lines: string, using: BodyThreads, exchange = small): Promise<unknown> =>
    (await examine(lines, exchange, { threads: using })).expectations.map(({ actual }) => actual);

  it('is given up after a while, and holds up nobody meanwhile', async () => {
    let turns = 0;
    const ticking = setInterval(() => turns++, 10);
    const words = 'Looking into the body took more than 1 seconds, and was given up.';
    assert.deepEqual(await said(doubling, impatient), [words]);
    clearInterval(ticking);
    assert.ok(turns > 5, String(turns));
  });

  it('is given up where it takes too much memory', async () => {
    const large = answered(JSON.stringify(Array.from({ length: 400_000 }, (_, n) => ({ n }))));
    const words = ['Looking into the body takes more memory than there is for it.'];
    assert.deepEqual(await said('expect: { body: { "$[0].n": 0 } }', narrow, large), words);
  });

  it('can be cancelled, and the next one gets a thread of its own', async () => {
    const controller = new AbortController();
    const examining = examine(doubling, small, { threads, signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await assert.rejects(examining, isAbort);
    await assert.rejects(examine(doubling, small, { threads, signal: controller.signal }), isAbort);
    assert.deepEqual(await said('expect: { body: { $.a: 1 } }', threads, answered(padded('{"a": 1}'))), ['1']);
  });
});
