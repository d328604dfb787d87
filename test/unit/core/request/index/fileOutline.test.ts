import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestDocument } from '../../../../../src/core/request/document/requestDocument';
import { outlineOf } from '../../../../../src/core/request/index/fileOutline';
import type { SymbolKind } from '../../../../../src/core/request/index/occurrences';
import { RequestIndex } from '../../../../../src/core/request/index/requestIndex';
import { parseRequestFile } from '../../../../../src/core/request/parseRequestFile';
import { fc } from '../../../../helpers/properties';

const ORDERS = `variables: { status: open, both: "\${status}" }
auth: acme
requests:
  list:
    name: All orders
    tags: [smoke]
    get: /orders?status=\${status}
    capture: { firstId: "$.items[0].id" }
  show:
    needs: list
    get: /orders/\${list.firstId}
    auth: { connection: other }
    variables: { status: closed }
    json: [{ deep: "\${status} \${uuid}" }]
headers: { X-Status: "\${status}" }
`;
const LOGIN = `import: [./orders.http.yaml]
inputs: { code: { label: Code } }
requests:
  again: { post: "/orders/\${list.firstId}", auth: "\${which}", text: "\${status} \${input:code} \${secret:key}" }
`;

/** `request: «the marked text»`, definitions first. */
function shown(text: string, kind: SymbolKind, name: string): readonly string[] {
  const found = outlineOf(parseRequestFile(text)).names.named(kind, name);
  return found
    .toSorted((a, b) => a.role.localeCompare(b.role) || a.range.start - b.range.start)
    .map(({ role, within, range }) => `${role} ${within ?? '-'} «${text.slice(range.start, range.end)}»`);
}

describe('the outline of a request file', () => {
  it('tells who defines and who uses a variable, at every depth and above and below the requests', () => {
    assert.deepEqual(shown(ORDERS, 'variable', 'status'), [
      'definition - «status»',
      'definition show «status»',
      'use - «status»',
      'use list «status»',
      'use show «status»',
      'use - «status»',
    ]);
  });

  it('tells who captures, and who uses what was captured and thereby the request', () => {
    assert.deepEqual(shown(ORDERS, 'capture', 'firstId'), ['definition list «firstId»', 'use show «firstId»']);
    assert.deepEqual(shown(ORDERS, 'request', 'list'), ['definition - «list»', 'use show «list»', 'use show «list»']);
    assert.deepEqual(shown(LOGIN, 'request', 'list'), ['use again «list»']);
  });

  it('tells of connections, inputs and secrets', () => {
    assert.deepEqual(shown(ORDERS, 'connection', 'acme'), ['use - «acme»']);
    assert.deepEqual(shown(ORDERS, 'connection', 'other'), ['use show «other»']);
    assert.deepEqual(shown(LOGIN, 'input', 'code'), ['definition - «code»', 'use again «code»']);
    assert.deepEqual(shown(LOGIN, 'secret', 'key'), ['use again «key»']);
  });

  it('lists requests and imports', () => {
    const { requests, imports } = outlineOf(parseRequestFile(ORDERS));
    const [list] = requests;
    assert.equal(list?.title, 'All orders');
    assert.equal(list.method, 'GET');
    assert.deepEqual(list.tags, ['smoke']);
    assert.deepEqual(list.captures, ['firstId']);
    assert.deepEqual(imports, []);
    assert.deepEqual(outlineOf(parseRequestFile(LOGIN)).imports, ['./orders.http.yaml']);
  });

  it('holds a name once that an alias repeats', () => {
    const text = `requests:\n  a: { get: /, json: &x { v: "\${n}" } }\n  b: { post: /, json: *x }\n`;
    assert.deepEqual(shown(text, 'variable', 'n'), ['use a «n»']);
  });
});

it('the outline of a document after any edit is that of its text', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.nat(ORDERS.length), fc.nat(20), fc.constantFrom('', 'x', '\n', '${a}', '  b: { get: / }\n')),
      ),
      (edits) => {
        const document = new RequestDocument();
        let text = ORDERS;
        outlineOf(document.update(text)).names.prepare();
        for (const [at, length, inserted] of edits) {
          text = text.slice(0, at) + inserted + text.slice(at + length);
          const { requests, imports, names } = outlineOf(document.update(text));
          const fresh = outlineOf(parseRequestFile(text));
          assert.deepEqual([requests, imports], [fresh.requests, fresh.imports]);
          assert.deepEqual(names.all, fresh.names.all);
        }
      },
    ),
  );
});

it('an index forgets a file, and takes what it says now', () => {
  const index = new RequestIndex();
  const set = (uri: string, text: string): void =>
    index.set(uri, { kind: 'request', text, outline: outlineOf(parseRequestFile(text)) });
  set('orders', ORDERS);
  set('login', LOGIN);
  index.delete('login');
  set('orders', LOGIN);
  assert.deepEqual(index.uris, ['orders']);
  assert.deepEqual(
    index.outline('orders')?.requests.map(({ name }) => name),
    ['again'],
  );
});
