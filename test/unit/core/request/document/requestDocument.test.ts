import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkRequestFile } from '../../../../../src/core/request/checkRequestFile';
import { RequestDocument } from '../../../../../src/core/request/document/requestDocument';
import type { RequestEntry, RequestFile } from '../../../../../src/core/request/model';
import { partsOf } from '../../../../../src/core/request/document/placedFile';
import { largeRequestFile } from '../../../../helpers/largeRequestFile';
import { present } from '../../../../helpers/present';
import { summary } from '../../../../helpers/requestFiles';

function read(file: RequestFile): readonly (RequestEntry | undefined)[] {
  return partsOf(file).requests.map(({ request }) => request);
}

describe('after an edit', () => {
  const text = largeRequestFile(50);

  it('only the request it is in is read again', () => {
    const document = new RequestDocument();
    const before = read(document.update(text));
    const after = read(document.update(text.replace('/customers/10/orders', '/customers/10/orders/all')));
    const changed = after.flatMap((request, index) => (request === before[index] ? [] : [index]));
    assert.deepEqual(changed, [10]);
  });

  it('a new request leaves the others alone', () => {
    const document = new RequestDocument();
    const before = new Set(read(document.update(text)));
    const after = read(document.update(text.replace('  request20:', '  added:\n    get: /added\n  request20:')));
    assert.deepEqual(
      after.flatMap((request) => (request && !before.has(request) ? [request.name] : [])),
      ['added'],
    );
  });

  it('what is above the requests can change without any of them', () => {
    const document = new RequestDocument();
    const before = read(document.update(text));
    const file = document.update(text.replace('status: open', 'status: "quite another"'));
    assert.deepEqual(read(file), before);
    const [first] = file.requests;
    assert.equal(first?.nameRange.start, text.indexOf('request0') + '"quite another"'.length - 'open'.length);
  });

  it('a state without sense in between costs no more than itself', () => {
    const document = new RequestDocument();
    const before = read(document.update(text));
    document.update(`oops\n${text}`.replace('requests:\n', 'requests: {\n'));
    assert.deepEqual(read(document.update(text)), before);
  });

  it('the same text gives the same file', () => {
    const document = new RequestDocument();
    assert.equal(document.update(text), document.update(`${text.slice(0, 10)}${text.slice(10)}`));
  });
});

describe('mistakes of one request stay in it', () => {
  const table: readonly (readonly [name: string, mistake: string, found: string])[] = [
    ['a quote that is open', 'text: "open', 'error yaml.unclosedQuote «"open»'],
    ['a quote that is open, and another kind', `text: 'it is "open`, `error yaml.unclosedQuote «'it is "open»`],
    ['a brace that is open', 'json: { a: 1', 'error yaml.syntax «1»'],
    ['a bracket that is open', 'json: [1,', 'error yaml.syntax «,»'],
  ];
  for (const [name, mistake, found] of table) {
    it(name, () => {
      const text = `requests:\n  one:\n    post: https://a.example/\n    ${mistake}\n  two:\n    post: https://b.example/\n    text: "it's"\n`;
      const file = new RequestDocument().update(text);
      assert.deepEqual(summary(text, file.diagnostics), [found]);
      assert.deepEqual(
        file.requests.map((request) => [request.name, request.faults.length]),
        [
          ['one', 1],
          ['two', 0],
        ],
      );
      assert.deepEqual(file.faults, []);
    });
  }
});

describe('the check of a file', () => {
  it('follows a request whose name others use, and what surrounds them', () => {
    const text =
      'variables: { a: x }\nrequests:\n  one: { get: "https://a.example/${a}" }\n  two: { get: "https://${b}/" }\n';
    const document = new RequestDocument();
    const check = (changed: string): readonly string[] =>
      summary(changed, checkRequestFile(document.update(changed), undefined, undefined));
    const unknown = ['error variable.unknownHere «${b}»'];
    assert.deepEqual(check(text), unknown);
    assert.deepEqual(check(text.replace('a: x', 'b: b.example')), ['error variable.unknownHere «${a}»']);
    assert.deepEqual(check(`# moved\n${text}`), unknown);
    assert.deepEqual(check(text.replace('a: x', 'a: x, b: c')), []);
  });

  it('tells where requests are after what is above them has grown', () => {
    const text = largeRequestFile(5);
    const document = new RequestDocument();
    document.update(text);
    const longer = `# one line more\n${text}`;
    const file = document.update(longer);
    for (const { name, nameRange, url } of file.requests) {
      assert.equal(longer.slice(nameRange.start, nameRange.end), name);
      const { start, end } = present(url, `the URL of ${name}`).range;
      assert.match(longer.slice(start, end), /^(\/|https:)/);
    }
  });
});

describe('YAML that gives up in one request', () => {
  for (const line of [
    'capture: { firstId: $.items[0].id }',
    'headers: { a: b }}',
    'json: [1, 2',
    'query: { q: "${x}"',
  ]) {
    it(`${line} is a mistake of that request only`, () => {
      const text = `requests:\n  list:\n    get: /list\n    ${line}\n  show:\n    get: /show\n  last:\n    get: /last\n`;
      const { requests, diagnostics } = new RequestDocument().update(text);
      assert.deepEqual(
        requests.map(({ name, faults }) => [name, faults.length > 0]),
        [
          ['list', true],
          ['show', false],
          ['last', false],
        ],
      );
      assert.equal(diagnostics.length, 1);
    });
  }
});
