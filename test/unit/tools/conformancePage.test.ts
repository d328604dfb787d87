import assert from 'node:assert/strict';
import test from 'node:test';
import type { Requirement } from '../../conformance/requirement';
import { conformanceFaults, conformancePage, staleRows, type Conformance } from '../../tools/docs/conformancePage';

function requirement(id: string, more: Partial<Requirement> = {}): Requirement {
  return { id, level: 'must', text: `Does ${id}.`, source: 'RFC 1 §2', ...more };
}

const conformance: Conformance = {
  requirements: [
    {
      title: 'Requests',
      requirements: [requirement('A1'), requirement('A2', { note: 'The server does.' })],
    },
  ],
  features: [
    { id: '#pkce', where: 'always' },
    { id: '#par', where: '`par`' },
  ],
  tables: [
    {
      title: 'A library',
      rows: [
        { name: '`pkce`', does: 'PKCE', here: ['#pkce', '#par'] },
        { name: '`mac`', does: 'MAC tokens', here: { none: 'not offered, because nobody uses them' } },
      ],
    },
  ],
  tests: [{ file: 'test/unit/a.test.ts', title: 'a | b', tags: ['A1', '#pkce', '#par'] }],
};

test('a row names its tests, or its note', () => {
  const lines = conformancePage(conformance).split('\n');
  assert.ok(lines.includes('| A1 | must | Does A1. (RFC 1 §2) | [a](../test/unit/a.test.ts): a \\| b |'));
  assert.ok(lines.includes('| A2 | must | Does A2. (RFC 1 §2) | The server does. |'));
  assert.ok(lines.includes('| `mac` | MAC tokens | not offered, because nobody uses them |  |'));
  const proof = '[a](../test/unit/a.test.ts): a \\| b';
  assert.ok(lines.includes(`| \`pkce\` | PKCE | always<br>\`par\` | ${proof}<br>${proof} |`));
});

test('a page that is out of date is told by the rows that differ, in a line', () => {
  const page = conformancePage(conformance);
  assert.deepEqual(staleRows(page, page), []);
  const renamed = conformance.tests.map((test) => ({ ...test, title: 'b' }));
  const [fault] = staleRows(page, conformancePage({ ...conformance, tests: renamed }));
  assert.match(fault ?? '', /out of date \(A1, `pkce`\): run "npm run docs"/);
  assert.match(staleRows(`${page}\n`, page)[0] ?? '', /out of date/);
});

test('rows without proof, unknown tags, and features in no table are faults', () => {
  assert.deepEqual(conformanceFaults(conformance), []);
  assert.deepEqual(conformanceFaults({ ...conformance, tests: [{ file: 'x.test.ts', title: 'y', tags: ['Z1'] }] }), [
    'x.test.ts: "y" names Z1, which there is not.',
    'A1 has neither a test nor a note why none can prove it.',
    '#pkce has no test.',
    '#par has no test.',
  ]);
  assert.deepEqual(conformanceFaults({ ...conformance, tables: [] }), [
    '#pkce is in no table.',
    '#par is in no table.',
  ]);
  const twice = conformance.requirements.concat({ title: 'Again', requirements: [requirement('A1')] });
  assert.deepEqual(conformanceFaults({ ...conformance, requirements: twice }), ['A1 is there twice.']);
  const tables = [{ title: 'B', rows: [{ name: 'x', does: 'y', here: ['#pkce', '#par', '#none'] as const }] }];
  assert.deepEqual(conformanceFaults({ ...conformance, tables }), ['A table names #none, which there is not.']);
});
