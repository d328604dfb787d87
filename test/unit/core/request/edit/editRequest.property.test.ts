import assert from 'node:assert/strict';
import test from 'node:test';
import { editRequest } from '../../../../../src/core/request/edit/editRequest';
import { requestSlice } from '../../../../../src/core/request/edit/requestSlice';
import type { WantedRequest } from '../../../../../src/core/request/edit/wantedRequest';
import { writtenRequest, type WrittenRequest } from '../../../../../src/core/request/edit/writtenRequest';
import { sameContent } from '../../../../../src/core/request/edit/yamlContent';
import { parseRequestFile } from '../../../../../src/core/request/parseRequestFile';
import { Reporter } from '../../../../../src/core/request/reporter';
import { parseYaml } from '../../../../../src/core/request/yaml/parseYaml';
import type { YamlNode } from '../../../../../src/core/request/yaml/yamlNode';
import { fc } from '../../../../helpers/properties';

/** Texts that YAML likes to read otherwise. */
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    'true',
    'null',
    '007',
    '1.10',
    '- a',
    'a: b',
    'a #b',
    '"',
    "'",
    '${x}',
    '{{x}}',
    '@a',
    '*',
    '&a',
    '|',
    '>',
    '%',
    '',
    ' ',
    'a, b',
    '[a]',
    '{a}',
    '?',
    '~',
    'no',
    '\n',
    'a\nb\n',
    '  a\n b',
    '$${',
    'é',
    '\u2028',
    '\t',
  ),
);
/** Names are written as one line. */
const name = fc.oneof(
  fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,8}$/),
  text.filter((each) => each !== '' && each !== '__proto__'),
);
const url = text.filter((each) => each.trim() !== '');
const method = fc.constantFrom('GET', 'POST', 'DELETE', 'PURGE', 'Query');

interface Style {
  readonly quote: 'plain' | 'single' | 'double';
  readonly isFlow: boolean;
  readonly comment: boolean;
  readonly eol: '\n' | '\r\n';
}
const style: fc.Arbitrary<Style> = fc.record({
  quote: fc.constantFrom('plain', 'single', 'double'),
  isFlow: fc.boolean(),
  comment: fc.boolean(),
  eol: fc.constantFrom('\n', '\r\n'),
});

/** A file with a request in the middle that is written in one of many styles. */
function fileOf({ quote, isFlow, comment, eol }: Style): string {
  const mark = { plain: '', single: "'", double: '"' }[quote];
  const put = (value: string): string => `${mark}${value}${mark}`;
  const note = comment ? ' # a note' : '';
  const rows = isFlow
    ? [`    query: { one: ${put('first')}, two: 2 }${note}`, `    headers: { Accept: ${put('x')} }`]
    : [
        '    query:',
        ...(comment ? ['      # on top'] : []),
        `      one: ${put('first')}${note}`,
        '      two: 2',
        '    headers:',
        `      Accept: ${put('x')}${note}`,
      ];
  return [
    '# head',
    'variables: { v: 1 }',
    'requests:',
    '  before: { get: /b, query: { one: 1 } }',
    '',
    `  it:${note}`,
    `    post: ${put('/path')}${note}`,
    ...rows,
    '    expect: { status: 200 }',
    '    json:',
    `      a: 1${note}`,
    '      b: [x, "${v}"]',
    ...(comment ? ['    # at the end'] : []),
    '',
    '  after:',
    '    get: /a',
    '    text: |',
    '      kept',
    '',
  ].join(eol);
}

function read(source: string): { readonly place: Parameters<typeof editRequest>[1]; readonly written: WrittenRequest } {
  const place = parseRequestFile(source).requests.find((request) => request.name === 'it');
  assert.ok(place);
  const slice = requestSlice(source, place);
  const written = slice && writtenRequest(slice);
  assert.ok(written);
  return { place, written };
}

const rowsOf = (fields: WrittenRequest['query']): WantedRequest['query'] =>
  fields.map(({ name: called, value }, from) => ({ name: called, value, from }));

function apply(source: string, wanted: WantedRequest): string {
  const edits = editRequest(source, read(source).place, 'it', wanted);
  return edits
    .toSorted((a, b) => b.range.start - a.range.start)
    .reduce((now, { range, text: put }) => now.slice(0, range.start) + put + now.slice(range.end), source);
}

/** Everything but the request that is edited. */
function surroundings(source: string): readonly unknown[] {
  const root = parseYaml(source, new Reporter());
  assert.equal(root?.kind, 'map');
  return root.entries.flatMap(({ key, value }) =>
    key === 'requests' && value.kind === 'map'
      ? value.entries.map((entry) => [entry.key, entry.key === 'it' ? undefined : entry.value] as const)
      : [[key, value] as const],
  );
}

function sameSurroundings(a: string, b: string): boolean {
  const [before, after] = [surroundings(a), surroundings(b)] as readonly (readonly [string, YamlNode | undefined][])[];
  assert.ok(before && after);
  return (
    before.length === after.length &&
    before.every(([key, node], index) => key === after[index]?.[0] && sameContent(node, after[index][1]))
  );
}

const change = fc.record(
  {
    method,
    url,
    one: text,
    renamed: name,
    added: fc.uniqueArray(fc.record({ name, value: text }), { selector: (row) => row.name, maxLength: 3 }),
    removesTwo: fc.boolean(),
    dropsHeaders: fc.boolean(),
  },
  { requiredKeys: [] },
);

function wantedWith(
  written: WrittenRequest,
  changes: Partial<Record<'method' | 'url' | 'one' | 'renamed', string>> & {
    readonly added?: readonly { name: string; value: string }[];
    readonly removesTwo?: boolean;
    readonly dropsHeaders?: boolean;
  },
): WantedRequest {
  const [one, two] = rowsOf(written.query);
  assert.ok(one && two);
  const first = { ...one, value: changes.one ?? one.value, name: changes.renamed ?? one.name };
  const kept = changes.removesTwo === true ? [first] : [first, two];
  const added = (changes.added ?? []).filter((row) => kept.every((each) => each.name !== row.name));
  return {
    ...written,
    method: changes.method ?? written.method,
    url: changes.url ?? written.url,
    query: [...kept, ...added.map((row) => ({ ...row, from: undefined }))],
    headers: changes.dropsHeaders === true ? [] : rowsOf(written.headers),
  };
}

test('property: an edited file says what was wanted, and everything else says what it said', () => {
  fc.assert(
    fc.property(style, change, (how, changes) => {
      const source = fileOf(how);
      const { written } = read(source);
      const wanted = wantedWith(written, changes);
      if (new Set(wanted.query.map((row) => row.name)).size < wanted.query.length) return;
      const result = apply(source, wanted);
      const now = read(result).written;
      assert.equal(now.method, wanted.method);
      assert.equal(now.url, wanted.url);
      const pairs = (rows: readonly { name: string; value: string }[]): string[] =>
        rows.map((row) => JSON.stringify([row.name, row.value])).sort();
      assert.deepEqual(pairs(now.query), pairs(wanted.query));
      assert.deepEqual(pairs(now.headers), pairs(wanted.headers));
      assert.deepEqual(now.body, written.body);
      assert.ok(sameSurroundings(source, result), result);
    }),
    { numRuns: 300 },
  );
});

test('property: an edit of one value changes no line but that of the value', () => {
  fc.assert(
    fc.property(
      style,
      fc.stringMatching(/^[a-z0-9 :#'"{}[\],.-]{1,12}$/).filter((each) => each.trim() !== ''),
      (how, value) => {
        const source = fileOf(how);
        const { written } = read(source);
        const result = apply(source, wantedWith(written, { one: value }));
        const before = source.split('\n');
        const after = result.split('\n');
        assert.equal(after.length, before.length);
        const changed = before.filter((line, index) => line !== after[index]);
        assert.ok(changed.length <= 1 && changed.every((line) => line.includes('one:')), changed.join('\n'));
      },
    ),
  );
});

/** Words that mean something else without quotes, in YAML 1.2 or in its older versions. */
const needsQuotes = /^(?:true|false|null|yes|no|on|off|y|n)$/;

test('property: an edit back and forth leaves the file as it was', () => {
  // Quotes that a word needed stay.
  const word = fc.stringMatching(/^[a-z]{1,8}$/).filter((each) => !needsQuotes.test(each));
  fc.assert(
    fc.property(style, word, (how, value) => {
      const source = fileOf(how);
      const { written } = read(source);
      const there = apply(source, wantedWith(written, { one: value, url: `/${value}` }));
      assert.equal(apply(there, wantedWith(written, {})), source);
    }),
  );
});

test('property: a body of any YAML or JSON is written as it is', () => {
  fc.assert(
    fc.property(style, fc.jsonValue(), fc.boolean(), (how, value, isPretty) => {
      const source = fileOf(how);
      const { written } = read(source);
      const body = { kind: 'json', text: JSON.stringify([value], null, isPretty ? 2 : 0), isYaml: true } as const;
      if (/[\u0000-\u0008\u007f-\u009f\ufffe\uffff\ud800-\udfff]|\$\{|\{\{/.test(body.text)) return;
      const result = apply(source, { ...wantedWith(written, {}), body });
      const node = parseYaml(body.text, new Reporter());
      const entry = parseYaml(result, new Reporter());
      assert.ok(entry?.kind === 'map' && sameSurroundings(source, result));
      const requests = entry.entries.find(({ key }) => key === 'requests')?.value;
      const it = requests?.kind === 'map' ? requests.entries.find(({ key }) => key === 'it')?.value : undefined;
      assert.ok(it?.kind === 'map');
      assert.ok(sameContent(it.entries.find(({ key }) => key === 'json')?.value, node));
    }),
  );
});
