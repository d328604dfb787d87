import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FULL_EFFORT } from '../../../../src/core/effort';
import { loadSchema } from '../../../../src/core/expect/schema/loadSchema';
import { validateJson } from '../../../../src/core/expect/schema/validateJson';
import { readJson } from '../../../../src/core/json/readJson';
import { answered, broken, type ExamineOptions } from '../../../helpers/examining';

const order = answered('{"id": 7, "total": 12.5, "lines": [{"sku": "A-1"}, {"sku": "B-2"}], "zip": "01234"}');

/** What is wrong by a schema in a file; empty: nothing. */
async function wrong(schema: unknown, options: ExamineOptions = {}, exchange = order): Promise<string> {
  const files = { 'schemas/order.json': JSON.stringify(schema), ...options.files };
  const [said = ''] = await broken('expect: { schema: ./schemas/order.json }', exchange, { ...options, files });
  return said.replace('body is valid by ./schemas/order.json: ', '');
}

describe('a schema in a file', () => {
  const table: readonly (readonly [name: string, schema: unknown, wrong: string])[] = [
    ['holds', { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } }, ''],
    ['true', true, ''],
    ['false', false, 'Nothing is allowed here'],
    ['a type', { properties: { id: { type: 'string' } } }, '/id: Instance type "number" is invalid. Expected "string"'],
    [
      'depth',
      { properties: { lines: { items: { properties: { sku: { const: 'A-1' } } } } } },
      '/lines/1/sku: Instance does not match "A-1"',
    ],
    ['a pattern', { properties: { zip: { pattern: '^\\d{4}$' } } }, '/zip: String does not match pattern "^\\d{4}$"'],
    ['a pattern with look-ahead', { properties: { zip: { pattern: '^(?!9)\\d+$' } } }, ''],
    ['a format', { properties: { zip: { format: 'email' } } }, '/zip: String does not match format "email"'],
    [
      'names by pattern',
      { patternProperties: { '(?:z|t)o?(?:ip|tal)': { type: 'string' } } },
      '/total: Instance type "number" is invalid. Expected "string"',
    ],
    ['a property called pattern', { properties: { pattern: { type: 'string' } } }, ''],
    [
      'draft 4',
      {
        $schema: 'http://json-schema.org/draft-04/schema#',
        properties: { id: { maximum: 7, exclusiveMaximum: true } },
      },
      '/id: 7 is greater than or equal to 7',
    ],
    [
      'draft 7',
      { $schema: 'http://json-schema.org/draft-07/schema#', properties: { lines: { items: [{ required: ['x'] }] } } },
      '/lines/0: Instance does not have required property "x"',
    ],
    [
      '2020-12',
      {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        properties: { lines: { prefixItems: [true], items: false } },
      },
      '/lines/1: Nothing is allowed here',
    ],
    [
      'local references',
      { $defs: { n: { type: 'number' } }, properties: { zip: { $ref: '#/$defs/n' } } },
      '/zip: Instance type "string" is invalid. Expected "number"',
    ],
    [
      'references by pointer into unknown keywords',
      { components: { schemas: { n: { type: 'number' } } }, properties: { zip: { $ref: '#/components/schemas/n' } } },
      '/zip: Instance type "string" is invalid. Expected "number"',
    ],
  ];
  for (const [name, schema, expected] of table) it(name, async () => assert.equal(await wrong(schema), expected));

  it('may refer to others in the folder', async () => {
    const files = {
      'schemas/line.json':
        '{"$id": "https://example.com/line", "properties": {"sku": {"$ref": "../common/sku.json#/$defs/sku"}}}',
      'common/sku.json': '{"$defs": {"sku": {"pattern": "^A"}}}',
    };
    const said = await wrong({ properties: { lines: { items: { $ref: './line.json' } } } }, { files });
    // Its $id moves what a relative reference in it is relative to; the file beside it is meant all the same.
    assert.equal(said, '/lines/1/sku: String does not match pattern "^A"');
  });

  it('is found relative to the request file', async () => {
    const files = { 'api/schemas/order.json': '{"required":["x"]}' };
    assert.match(await wrong(true, { files, directory: 'api' }), /required property "x"/);
  });

  it('may refer to itself', async () => {
    const tree = { properties: { next: { $ref: '#' }, id: { type: 'string' } } };
    assert.match(await wrong(tree, {}, answered('{"next":{"next":{"id":1}}}')), /^\/next\/next\/id: /);
  });
});

describe('an inline schema', () => {
  it('takes variables', async () => {
    const lines = 'variables: { most: 5 }\nexpect: { schema: { properties: { id: { maximum: "${most}" } } } }';
    assert.deepEqual(await broken(lines, order), ['body is valid by the schema: /id: 7 is greater than 5']);
  });
});

describe('dynamic references (2020-12)', () => {
  const list = (anchor: object): object => ({
    $ref: 'list',
    $defs: {
      foo: { $dynamicAnchor: 'items', type: 'string' },
      list: { $id: 'list', type: 'array', items: { $dynamicRef: '#items' }, $defs: { items: anchor } },
    },
  });
  const texts = answered('["foo", "bar"]');
  const mixed = answered('["foo", 42]');

  it('lead to an anchor of their own schema', async () => {
    const schema = { items: { $dynamicRef: '#items' }, $defs: { foo: { $dynamicAnchor: 'items', type: 'string' } } };
    assert.equal(await wrong(schema, {}, texts), '');
    assert.match(await wrong(schema, {}, mixed), /^\/1: Instance type "number" is invalid/);
  });
  it('lead to the outermost anchor of that name', async () => {
    assert.equal(await wrong(list({ $dynamicAnchor: 'items' }), {}, texts), '');
    assert.match(await wrong(list({ $dynamicAnchor: 'items' }), {}, mixed), /^\/1: Instance type "number"/);
  });
  it('lead no further than to a plain anchor', async () => {
    assert.equal(await wrong(list({ $anchor: 'items' }), {}, mixed), '');
  });
  it('let a schema extend one that refers to itself, in a file of its own', async () => {
    const children = { type: 'array', items: { $dynamicRef: '#node' } };
    const tree = { $dynamicAnchor: 'node', type: 'object', properties: { data: true, children } };
    const strict = { $dynamicAnchor: 'node', $ref: './tree.json', unevaluatedProperties: false };
    const files = { 'schemas/tree.json': JSON.stringify(tree) };
    assert.equal(await wrong(strict, { files }, answered('{"children": [{"data": 1}]}')), '');
    assert.match(await wrong(strict, { files }, answered('{"children": [{"daat": 1}]}')), /^\/children: /);
    assert.equal(await wrong({ $ref: './tree.json' }, { files }, answered('{"children": [{"daat": 1}]}')), '');
  });
  it('may lead into another file', async () => {
    const files = { 'schemas/tree.json': '{"$defs": {"n": {"$dynamicAnchor": "node", "type": "string"}}}' };
    assert.match(await wrong({ $dynamicRef: './tree.json#node' }, { files }), /^Instance type "object" is invalid/);
    assert.match(await wrong({ $ref: './tree.json#node' }, { files }), /^Instance type "object" is invalid/);
  });
  it('mean nothing to older drafts', async () => {
    const $schema = 'http://json-schema.org/draft-07/schema#';
    const $defs = { n: { $dynamicAnchor: 'node', type: 'string' } };
    assert.equal(await wrong({ $schema, $dynamicRef: '#node', $defs }), '');
  });
});

describe('a schema that cannot be used says so', () => {
  const table: readonly (readonly [name: string, schema: unknown, wrong: RegExp])[] = [
    [
      'remote reference',
      { $ref: 'https://example.com/x.json' },
      /refers to https:\/\/example.com\/x.json, and only files of the workspace/,
    ],
    ['reference to nowhere', { $ref: '#/$defs/none' }, /there is nothing at #\/\$defs\/none/],
    ['dynamic reference to nowhere', { $dynamicRef: '#none' }, /there is nothing at #none/],
    ['remote dynamic reference', { $dynamicRef: 'https://example.com/x.json#n' }, /only files of the workspace/],
    ['missing file', { $ref: './none.json' }, /none\.json/],
    ['file outside', { $ref: '../../x.json' }, /\.\.\/\.\.\/x\.json/],
    ['unknown type', { type: 'text' }, /unknown type "text"/],
    ['bad required', { required: 'id' }, /required that is no list/],
    ['bad properties', { properties: 5, allOf: 5 }, /cannot be used/],
    ['bad pattern', { properties: { zip: { pattern: '(' } } }, /the pattern \(: unterminated group/],
    ['no schema', [1], /it is no map/],
    ['endless recursion', { allOf: [{ $ref: '#' }] }, /nested too deep|takes too long/],
  ];
  for (const [name, schema, expected] of table) it(name, async () => assert.match(await wrong(schema), expected));

  it('a missing file', async () => {
    const [said = ''] = await broken('expect: { schema: ./none.json }', order);
    assert.match(said, /^body is valid by \.\/none\.json: .*none\.json/);
  });
  it('a file that is no JSON', async () => {
    const [said = ''] = await broken('expect: { schema: ./a.json }', order, { files: { 'a.json': 'type: object' } });
    assert.match(said, /a\.json is no JSON/);
  });
  it('a body that is no JSON', async () => {
    assert.equal(await wrong(true, {}, answered('<html></html>')), 'HTML, not JSON');
  });
});

describe('a schema in YAML', () => {
  const text = 'type: object\nproperties:\n  zip: { $ref: "./zip.yml#/$defs/zip" }\n';
  const read = async (zip: string, yaml = text): Promise<readonly string[]> =>
    broken('expect: { schema: ./a.yaml }', order, { files: { 'a.yaml': yaml, 'zip.yml': zip } });

  it('is read with the files that it refers to', async () => {
    assert.deepEqual(await read('$defs:\n  zip: { type: string, minLength: 5 }\n'), []);
    assert.match((await read('$defs: { zip: { maxLength: 4 } }'))[0] ?? '', /\/zip: String is too long/);
  });
  it('may hold numbers and words that YAML has other ideas about', async () => {
    const yaml = 'properties: { id: { enum: [7] }, zip: { enum: [01234] } }';
    assert.deepEqual(await read('', yaml), []);
  });
  it('is none when it cannot be read', async () => {
    assert.match((await read('', 'type: [object'))[0] ?? '', /a\.yaml is no YAML/);
  });
});

describe('hostile schemas', () => {
  it('patterns that backtrack without end', async () => {
    const text = `${'a'.repeat(40)}!`;
    const schema = { additionalProperties: { pattern: '^(a+)+$' }, patternProperties: { '^(b+)+$': false } };
    assert.match(await wrong(schema, {}, answered(JSON.stringify({ x: text }))), /^\/x: String does not match pattern/);
    assert.equal(await wrong(schema, {}, answered(JSON.stringify({ [`${'b'.repeat(40)}!`]: 'aaa' }))), '');
  });
  it('references that double', async () => {
    const $defs: Record<string, unknown> = { d0: { type: 'object' } };
    for (let n = 1; n < 40; n++)
      $defs[`d${n}`] = { allOf: [{ $ref: `#/$defs/d${n - 1}` }, { $ref: `#/$defs/d${n - 1}` }] };
    const schema = readJson(JSON.stringify({ $defs, $ref: '#/$defs/d39' }));
    assert.ok(schema.ok);
    const loaded = await loadSchema(schema.value, { directory: '', read: () => Promise.reject(new Error()) }, 'inline');
    assert.ok(loaded.ok);
    const effort = { ...FULL_EFFORT, applications: 10_000 };
    assert.equal(validateJson(new Map(), loaded.schema, effort), 'the schema takes too long on this body');
  });
  it('lists compared item by item', async () => {
    // Each with each would be a thousand million comparisons.
    const items = Array.from({ length: 50_000 }, (_, n) => ({ n, same: [1, 'x'] }));
    const schema = { uniqueItems: true };
    assert.equal(await wrong(schema, {}, answered(JSON.stringify(items))), '');
    const repeated = answered(JSON.stringify([...items, { same: [1.0, 'x'], n: 9 }, { n: 7, same: [1.0, 'x'] }]));
    assert.equal(await wrong(schema, {}, repeated), 'Duplicate items at indexes 7 and 50001');
    assert.match(await wrong(schema, {}, answered('[1, {"a": 1}, {"a": 1.0}]')), /Duplicate items at indexes 1 and 2/);
    const nested = answered(JSON.stringify({ other: [1, 1], unique: [[1], [2], [1]] }));
    assert.equal(
      await wrong({ properties: { unique: schema } }, {}, nested),
      '/unique: Duplicate items at indexes 0 and 2',
    );
  });
  it('lists of numbers that a computer cannot hold, compared with all their digits', async () => {
    const schema = { uniqueItems: true };
    assert.equal(await wrong(schema, {}, answered('[9007199254740992, 9007199254740993, 1e400, 2e400]')), '');
    for (const same of ['[0, -0]', '[1.10, 110e-2]', '[9007199254740993, 9007199254740993.0]']) {
      assert.equal(await wrong(schema, {}, answered(same)), 'Duplicate items at indexes 0 and 1', same);
    }
  });
  it('a deep body', async () => {
    const deep = answered(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    assert.equal(await wrong({ items: { $ref: '#' } }, {}, deep), 'the schema or the body is nested too deep');
  });
});
