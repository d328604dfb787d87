import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkProjectFile } from '../../../../src/core/request/checkProjectFile';
import { checkRequestFile } from '../../../../src/core/request/checkRequestFile';
import { diagnosticTemplate, type Diagnostic, type TextRange } from '../../../../src/core/request/diagnostic';
import { locateRequest } from '../../../../src/core/request/locateRequest';
import { mergeProjectFiles } from '../../../../src/core/request/mergeProjectFiles';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { resolveRequest } from '../../../../src/core/request/resolveRequest';
import { noSupplies } from '../../../../src/core/request/resolve/supplies';
import { formatTemplate } from '../../../../src/core/text/template';
import { fc } from '../../../helpers/properties';
import { bodyText, countingRandom, fixedClock, resolve, resolved, urlText } from '../../../helpers/requestFiles';
import { yamlFragment } from '../../../helpers/yamlFuzz';

const REQUESTS = `variables: { status: open, list: [1, "\${status}"] }
headers: { Accept: application/json }
requests:
  list:
    description: >-
      Orders, newest
      first
    get: /orders?x=\${status|url}
    query: { status: "\${status}", limit: "\${pageSize}" }
    expect: { status: [200, 2xx] }
  create: &create
    post: "/orders/\${uuid}"
    json:
      - sku: 'A-1'
        price: 1.10
        nested: { a: [true, null, "x\\ty"] }
    auth: { connection: acme, scopes: [a, b] }
  again: *create
  raw:
    method: PURGE
    url: https://cache.example/all
    text: |
      line \${status}
      $\${literal}
`;
const PROJECT = `connections:
  acme:
    issuer: \${login}
    origins: ["\${api}"]
environments:
  local: { api: http://localhost:8080, login: http://localhost:9000 }
variables: { pageSize: 50, loop: "\${pool}", pool: "\${loop}" }
defaults: { baseUrl: "\${api}", auth: acme }
`;

const fragment = yamlFragment(8);
const arbitraryText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.array(fragment, { maxLength: 60 }).map((pieces) => pieces.join('')),
);

/** A valid file with some places cut out and something else put there. */
function mutated(text: string): fc.Arbitrary<string> {
  const edit = fc.tuple(fc.nat(text.length), fc.nat(12), fragment);
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce(
        (current, [at, length, inserted]) => current.slice(0, at) + inserted + current.slice(at + length),
        text,
      ),
    );
}

function assertInside({ start, end }: TextRange, text: string): void {
  assert.ok(Number.isInteger(start) && Number.isInteger(end), `${start}–${end}`);
  assert.ok(0 <= start && start <= end && end <= text.length, `${start}–${end} of ${text.length}`);
}

function assertWellMade(diagnostics: readonly Diagnostic[], text: string): void {
  for (const { code, range, data } of diagnostics) {
    assertInside(range, text);
    const { message, next } = diagnosticTemplate(code);
    for (const sentence of [message, next]) {
      // A placeholder without a fact would be shown as it is.
      const placeholders = [...sentence.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
      for (const name of placeholders) assert.ok(data[name] !== undefined, `${code} lacks ${name}`);
      assert.ok(formatTemplate(sentence, data).length < 2_000);
    }
  }
}

function examineRequestFile(text: string, projectText: string): void {
  const file = parseRequestFile(text);
  assertWellMade(file.diagnostics, text);
  assertWellMade(file.faults, text);
  for (const { range, nameRange, extent, faults } of file.requests) {
    for (const place of [range, nameRange, extent]) assertInside(place, text);
    assertWellMade(faults, text);
  }
  locateRequest(file, Math.floor(text.length / 2));
  const project = parseProjectFile(projectText);
  for (const environment of [undefined, 'local']) {
    assertWellMade(checkRequestFile(file, project, environment), text);
    for (const request of file.requests) {
      const result = resolveRequest({
        file,
        request,
        project,
        environment,
        clock: fixedClock,
        random: countingRandom(),
        supplies: noSupplies,
        directory: '',
      });
      assertWellMade(result.diagnostics, text);
      if (!result.ok)
        assert.ok(
          result.diagnostics.some(({ severity }) => severity === 'error'),
          'refused without a reason',
        );
    }
  }
}

it('any text is read as a request file without an exception, and every range lies in it', () => {
  fc.assert(
    fc.property(arbitraryText, (text) => examineRequestFile(text, PROJECT)),
    { numRuns: 1_500 },
  );
});

it('so is a request file with random edits', () => {
  fc.assert(
    fc.property(mutated(REQUESTS), (text) => examineRequestFile(text, PROJECT)),
    { numRuns: 1_500 },
  );
});

it('and a project file with random edits, alone, merged and used', () => {
  const property = fc.property(fc.oneof(mutated(PROJECT), arbitraryText), (text) => {
    const project = parseProjectFile(text);
    assertWellMade(project.diagnostics, text);
    for (const environment of [undefined, 'local']) assertWellMade(checkProjectFile(project, environment), text);
    mergeProjectFiles(project, parseProjectFile(PROJECT));
    mergeProjectFiles(parseProjectFile(PROJECT), project);
    examineRequestFile(REQUESTS, text);
  });
  fc.assert(property, { numRuns: 800 });
});

const digits = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength, maxLength }).map((list) => list.join(''));
const jsonNumber = fc
  .tuple(
    fc.constantFrom('', '-'),
    fc.oneof(
      fc.constant('0'),
      fc.tuple(fc.integer({ min: 1, max: 9 }), digits(0, 30)).map(([first, rest]) => `${first}${rest}`),
    ),
    fc.oneof(
      fc.constant(''),
      digits(1, 20).map((fraction) => `.${fraction}`),
    ),
    fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(1, 3)).map((parts) => parts.join('')),
    ),
  )
  .map((parts) => parts.join(''));

it('a JSON number is sent byte for byte, alone, through variables, in query and text', () => {
  const property = fc.property(jsonNumber, (number) => {
    const text = `variables: { n: ${number}, m: "\${n}" }
requests:
  a: { post: https://a.example/, query: { q: ${number} }, json: [${number}, "\${m}", { k: ${number} }] }
  b: { post: https://a.example/, text: "\${m}" }
`;
    const request = resolved(text);
    assert.equal(bodyText(request), `[${number},${number},{"k":${number}}]`);
    assert.equal(new URL(urlText(request)).searchParams.get('q'), number);
    assert.equal(bodyText(resolved(text, { request: 'b' })), number);
  });
  fc.assert(property, { numRuns: 500 });
});

it('text arrives as it was written: in JSON, form, query and text, and never expanded twice', () => {
  // Lone surrogates have no UTF-8 form; control characters are refused in a file but can be written as escapes.
  const property = fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (value) => {
    const written = JSON.stringify(value).replaceAll('${', '$${');
    const file = `variables: { v: ${written} }
requests:
  a: { post: https://a.example/, query: { q: "\${v}" }, json: "\${v}" }
  b: { post: https://a.example/, form: { f: "\${v}" } }
  c: { post: https://a.example/, text: "<\${v}>" }
`;
    const request = resolved(file);
    assert.equal(JSON.parse(bodyText(request)), value);
    assert.equal(new URL(urlText(request)).searchParams.get('q'), value);
    assert.equal(new URLSearchParams(bodyText(resolved(file, { request: 'b' }))).get('f'), value);
    assert.equal(bodyText(resolved(file, { request: 'c' })), `<${value}>`);
  });
  fc.assert(property, { numRuns: 500 });
});

it('what is sent to always has the origin that was checked', () => {
  const project = 'connections: { acme: { issuer: https://login.example, origins: [https://api.example] } }';
  const piece = fc.oneof(
    fc.constantFrom(
      'https://api.example',
      '@',
      '\\',
      '/',
      ':',
      '#',
      '?',
      'evil.example',
      '.',
      '%2f',
      '%40',
      '\t',
      ' ',
      'https:',
    ),
    fc.string({ maxLength: 4 }),
  );
  const property = fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
    const url = JSON.stringify(pieces.join('')).replaceAll('${', '$${');
    const result = resolve(`baseUrl: https://api.example\nrequests: { a: { get: ${url}, auth: acme } }`, { project });
    if (result.ok) assert.equal(new URL(urlText(result.request)).origin, 'https://api.example');
  });
  fc.assert(property, { numRuns: 1_500 });
});
