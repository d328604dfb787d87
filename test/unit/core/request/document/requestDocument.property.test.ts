import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Lexer } from 'yaml';
import { checkRequestFile } from '../../../../../src/core/request/checkRequestFile';
import { assemble } from '../../../../../src/core/request/document/assemble';
import { Layout } from '../../../../../src/core/request/document/layout';
import { parseWholeFile } from '../../../../../src/core/request/document/parseWholeFile';
import { PlacedFile } from '../../../../../src/core/request/document/placedFile';
import { RequestDocument } from '../../../../../src/core/request/document/requestDocument';
import { splitFile } from '../../../../../src/core/request/document/splitFile';
import type { RequestFile } from '../../../../../src/core/request/model';
import { parseProjectFile } from '../../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../../src/core/request/parseRequestFile';
import { finish } from '../../../../../src/core/request/steps';
import { UNQUOTED_BRACKET } from '../../../../../src/core/request/yaml/readDocument';
import { plainFile } from '../../../../helpers/plainFile';
import { fc } from '../../../../helpers/properties';
import { yamlFragment } from '../../../../helpers/yamlFuzz';

const FILE = `# top
variables: { status: open, list: [1, "\${status}"] }
headers: { Accept: application/json }
requests:
  # before the first
  list:
    description: >-
      Orders, newest
      first
    get: /orders?x=\${status|url}
    query: { status: "\${status}", limit: "\${pageSize}" }
    expect: { status: [200, 2xx], body: { $.items: { length: { atLeast: 1 } } } }
    capture: { first: "$.items[0].id", etag: header:ETag }

  create:
    post: "/orders/\${uuid}"
    json:
      - sku: 'A-1'
        price: 1.10
        nested: { a: [true, null, "x\\ty"] }
    auth: { connection: acme, scopes: [a, b] }
  # about raw
  raw:
    method: PURGE
    url: https://cache.example/all
    text: |
      line \${status}

      $\${literal}
# unindented
  x-note: { a: 1 }
  flow: {
    get: /x, query: { a: 1,
      b: 2 }
  }
  "quoted name":
    get: "multi
      line"
  anchored: &a
    get: /y
    variables: { reason: &b late, again: *b, status: closed }
  last: { get: /last }

timeout: 30s
`;
const WITHOUT_TAIL = FILE.slice(0, FILE.indexOf('\ntimeout'));
const BASES = [FILE, WITHOUT_TAIL, FILE.replaceAll('\n', '\r\n'), `\ufeff${WITHOUT_TAIL}\n`, `---\n${FILE}`];

/** Pieces that mean something to the place where a file is cut. */
const fragment = yamlFragment(4, [
  ...['*b', '\n      ', 'requests:\n', '\nrequests:\n  ', '\n  a:', '\n  ab', '\nne', '\n  list:\n', '    get: /y\n'],
  ...['\n b: 1', '\n   c: 2\n', '\n# c\n', '\n  # c\n', '\n\n', '  ', ' ', 'a', ':', '\n  new:\n    get: /new\n'],
]);

interface Edit {
  /** Of the text. */
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(60)),
  inserted: fragment,
});
const edits = fc.array(edit, { maxLength: 6 });

function apply(text: string, { at, removed, inserted }: Edit): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + inserted + text.slice(start + removed);
}

function readWhole(text: string): RequestFile {
  return new PlacedFile(finish(parseWholeFile(text)));
}

/** Whether a file was read request by request. */
function isReadInParts(text: string): boolean {
  const split = splitFile(text);
  return split !== undefined && assemble(new Layout(text, split, undefined)) !== undefined;
}

/** The lexer's sign that braces were broken off by a line that is indented too little. */
const BROKEN_OFF = '\x18';

/**
 * Open quotes and braces make YAML misread everything after them, and tokens that fit nowhere make it give up. Read alone a request keeps that to itself, which is
 * better than what the whole file would give, and so not the same.
 */
function isMisread(text: string, { diagnostics }: RequestFile): boolean {
  const codes = ['yaml.unclosedQuote', 'yaml.quoteExpression', 'request.doubleBraces'];
  const givesUp = diagnostics.some(
    ({ code, data }) =>
      code === 'yaml.syntax' &&
      (data['problem'] === UNQUOTED_BRACKET || String(data['problem']).startsWith('Unexpected')),
  );
  return (
    givesUp || diagnostics.some(({ code }) => codes.includes(code)) || [...new Lexer().lex(text)].includes(BROKEN_OFF)
  );
}

it('a file read request by request says what it says read as a whole', (test) => {
  let inParts = 0;
  const property = fc.property(fc.constantFrom(...BASES), edits, (base, changes) => {
    const text = changes.reduce(apply, base);
    const whole = readWhole(text);
    const file = parseRequestFile(text);
    if (isMisread(text, whole) || isMisread(text, file)) return;
    if (isReadInParts(text)) inParts++;
    assert.deepEqual(plainFile(file), plainFile(whole));
  });
  fc.assert(property, { numRuns: 1_000 });
  test.diagnostic(`${inParts} were read in parts`);
  assert.ok(inParts > 200);
});

it('after any edits a document says what it says read for the first time, and so does its check', () => {
  const project = parseProjectFile('variables: { pageSize: 50 }\ndefaults: { baseUrl: https://api.example }');
  const property = fc.property(fc.constantFrom(...BASES), edits, (base, changes) => {
    const document = new RequestDocument();
    let text = base;
    for (const change of changes) {
      const file = document.update(text);
      const fresh = parseRequestFile(text);
      assert.deepEqual(plainFile(file), plainFile(fresh));
      assert.deepEqual(checkRequestFile(file, project, undefined), checkRequestFile(fresh, project, undefined));
      text = apply(text, change);
    }
  });
  fc.assert(property, { numRuns: 400 });
});

it('reading that is dropped leaves nothing behind', () => {
  const steps = fc.array(fc.tuple(edit, fc.integer({ min: 1, max: 12 })), { maxLength: 6 });
  const property = fc.property(fc.constantFrom(...BASES), steps, (base, changes) => {
    const document = new RequestDocument();
    let text = base;
    for (const [change, taken] of changes) {
      const reading = document.read(text);
      for (let step = 0; step < taken; step++) reading.next();
      text = apply(text, change);
      const latest = document.update(text);
      // The older reading goes on and must not win.
      finish(reading);
      assert.equal(document.known(text), latest);
      assert.deepEqual(plainFile(latest), plainFile(parseRequestFile(text)));
    }
  });
  fc.assert(property, { numRuns: 200 });
});
