import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Outliner, type OutlineEntry } from '../../../../src/core/language/documentSymbols';
import { foldedLines } from '../../../../src/core/language/folding';
import { LinkFinder } from '../../../../src/core/language/links';
import { RequestDocument } from '../../../../src/core/request/document/requestDocument';
import { finish } from '../../../../src/core/request/steps';
import { TokenFinder } from '../../../../src/core/language/semanticTokens';
import { languageFile } from '../../../helpers/languageFiles';

const REQUESTS = `# What is for sale
variables: { status: open }
requests:
  list:
    name: All orders
    get: /orders?s=\${status|url}  # not \${this}
    capture:
      first: $.items[0].id

  # Shows one
  show: { get: "/orders/\${list.first}", variables: { a: 1 } }
  create:
    post: /orders
    description: not \${that}
    json: { at: "\${now:+1h}", to: $\${escaped}, key: "\${secret:key}" }
    expect:
      schema: ./schemas/order.json
    text: |
      \${uuid}
        # \${here}
`;

describe('the outline', () => {
  const lines = (text: string, entries: readonly OutlineEntry[], indent = ''): readonly string[] =>
    entries.flatMap(({ kind, name, detail, range, nameRange, children }) => {
      assert.ok(range.start <= nameRange.start && nameRange.end <= range.end, 'the name lies in the range');
      return [
        `${indent}${kind} ${name} [${detail}] «${text.slice(nameRange.start, nameRange.end)}»`,
        ...lines(text, children, `${indent}  `),
      ];
    });

  it('has requests with method and URL, captures and variables', () => {
    assert.deepEqual(lines(REQUESTS, finish(new Outliner().outline(languageFile(REQUESTS)))), [
      'variable status [open] «status»',
      'request All orders [GET /orders?s=${status|url}] «list»',
      '  capture first [$.items[0].id] «first»',
      'request show [GET /orders/${list.first}] «show»',
      '  variable a [] «a»',
      'request create [POST /orders] «create»',
    ]);
  });

  it('moves with the text', () => {
    const outliner = new Outliner();
    finish(outliner.outline(languageFile(REQUESTS)));
    const moved = `# more\n${REQUESTS.replace('/orders?s=', '/other?s=')}`;
    assert.deepEqual(
      finish(outliner.outline(languageFile(moved))),
      finish(new Outliner().outline(languageFile(moved))),
    );
  });

  it('has connections and environments of a project file', () => {
    const text =
      'environments: { local: { api: x } }\nconnections: { hub: { preset: github }, b: }\nvariables: { v: 1 }\n';
    assert.deepEqual(lines(text, finish(new Outliner().outline(languageFile(text, { kind: 'project' })))), [
      'environment local [] «local»',
      '  variable api [x] «api»',
      'connection hub [github] «hub»',
      'connection b [authorizationCode] «b»',
      'variable v [1] «v»',
    ]);
  });

  it('names what has no name', () => {
    const [entry] = finish(new Outliner().outline(languageFile('requests: { "": { get: /x } }')));
    assert.equal(entry?.name, '""');
  });
});

describe('what is coloured', () => {
  const tokens = (text: string): readonly string[] =>
    finish(new TokenFinder().tokens(languageFile(text))).map(
      ({ type, start, end }) => `${type} ${text.slice(start, end)}`,
    );

  it('is every expression that is put in, and none that is not', () => {
    const found = tokens(REQUESTS).filter((token) => !/^operator (?:\$\{|\})$/.test(token));
    assert.deepEqual(found, [
      'variable status',
      'operator url',
      'class list',
      'property first',
      'function now',
      'variable +1h',
      'function secret',
      'variable key',
      'function uuid',
      'variable here',
    ]);
  });

  it('lies on one line, in order and without overlap', () => {
    const text = 'requests:\n  a:\n    get: "${a\n      b}"\n    text: |\n      ${x} ${y|json|url}\nbaseUrl: ${z}\n';
    let end = 0;
    for (const range of finish(new TokenFinder().tokens(languageFile(text)))) {
      assert.ok(range.start >= end && !text.slice(range.start, range.end).includes('\n'));
      ({ end } = range);
    }
    assert.ok(end > text.indexOf('${z'));
  });

  it('moves with the text', () => {
    const finder = new TokenFinder();
    finish(finder.tokens(languageFile(REQUESTS)));
    const moved = languageFile(`# more\n${REQUESTS}`);
    assert.deepEqual(finish(finder.tokens(moved)), finish(new TokenFinder().tokens(moved)));
  });
});

describe('links', () => {
  it('lead to files and to URLs of requests that read', () => {
    const text = `${REQUESTS}  file:\n    get: /x\n    headers: { a: "\${file:./key.txt}", b: "\${file:" }\n`;
    const found = finish(new LinkFinder().links(languageFile(text))).map(
      (link) =>
        `${link.kind} ${link.kind === 'file' ? link.path : link.request} «${text.slice(link.range.start, link.range.end)}»`,
    );
    assert.deepEqual(found, [
      'url list «/orders?s=${status|url}»',
      'file ./schemas/order.json «./schemas/order.json»',
      'url file «/x»',
      'file ./key.txt «./key.txt»',
    ]);
  });

  it('do not lead to what is no path', () => {
    const text =
      'requests:\n  a:\n    post: /x\n    expect: { schema: { type: object } }\n    json: { schema: ./no.json }\n';
    assert.deepEqual(finish(new LinkFinder().links(languageFile(text))), []);
  });
});

it('after an edit only what has changed is made anew, and everything is in its place', () => {
  const document = new RequestDocument();
  const [outliner, tokens, links] = [new Outliner(), new TokenFinder(), new LinkFinder()];
  for (const text of [REQUESTS, `# more\n${REQUESTS}`, REQUESTS.replace('All orders', 'All of ${them}'), REQUESTS]) {
    const file = { ...languageFile(text), requests: document.update(text) };
    assert.deepEqual(finish(outliner.outline(file)), finish(new Outliner().outline(languageFile(text))));
    assert.deepEqual(finish(tokens.tokens(file)), finish(new TokenFinder().tokens(languageFile(text))));
    assert.deepEqual(finish(links.links(file)), finish(new LinkFinder().links(languageFile(text))));
  }
});

describe('folding', () => {
  const folded = (text: string): readonly string[] =>
    foldedLines(text).map(({ start, end, isComment }) => `${start}-${end}${isComment ? ' comment' : ''}`);

  it('goes by request, and by what is in it', () => {
    assert.deepEqual(folded(REQUESTS), ['2-18', '3-7', '6-7', '11-18', '15-16', '17-18']);
  });
  it('leaves the comment above a request to that request', () => {
    assert.deepEqual(folded('a:\n  b: 1\n\n# one\n# two\nc:\n  d: 1\n'), ['0-1', '3-4 comment', '5-6']);
  });
  it('is the same with CRLF', () => assert.deepEqual(folded(REQUESTS.replaceAll('\n', '\r\n')), folded(REQUESTS)));
  it('has nothing to fold in an empty file', () => assert.deepEqual(folded(''), []));
});
