import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RequestDocument } from '../../../../../src/core/request/document/requestDocument';
import { outlineOf } from '../../../../../src/core/request/index/fileOutline';
import { RequestIndex, type FoundOccurrence } from '../../../../../src/core/request/index/requestIndex';
import { parseRequestFile } from '../../../../../src/core/request/parseRequestFile';

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

function indexOf(files: Readonly<Record<string, string>>): RequestIndex {
  const index = new RequestIndex();
  for (const [uri, text] of Object.entries(files)) index.set(uri, outlineOf(parseRequestFile(text)));
  return index;
}

/** `uri within «the marked text»` */
function shown(files: Readonly<Record<string, string>>, found: readonly FoundOccurrence[]): readonly string[] {
  return found.map(
    ({ uri, within, range }) => `${uri} ${within ?? '-'} «${files[uri]?.slice(range.start, range.end) ?? ''}»`,
  );
}

const files = { orders: ORDERS, login: LOGIN };

describe('the index of request files', () => {
  const index = indexOf(files);

  it('finds who defines and who uses a variable, at every depth and above and below the requests', () => {
    const symbol = { kind: 'variable', name: 'status' } as const;
    assert.deepEqual(shown(files, index.definitions(symbol)), ['orders - «status»', 'orders show «status»']);
    assert.deepEqual(shown(files, index.uses(symbol)), [
      'orders - «${status}»',
      'orders - «${status}»',
      'orders list «${status}»',
      'orders show «${status}»',
      'login again «${status}»',
    ]);
    assert.deepEqual(shown(files, index.uses(symbol, ['login'])), ['login again «${status}»']);
  });

  it('finds captures by their request', () => {
    const symbol = { kind: 'capture', request: 'list', name: 'firstId' } as const;
    assert.deepEqual(shown(files, index.definitions(symbol)), ['orders list «firstId»']);
    assert.deepEqual(shown(files, index.uses(symbol)), [
      'orders show «${list.firstId}»',
      'login again «${list.firstId}»',
    ]);
    assert.deepEqual(index.uses({ ...symbol, request: 'show' }), []);
  });

  it('finds requests and the uses of connections', () => {
    assert.deepEqual(shown(files, index.definitions({ kind: 'request', name: 'show' })), ['orders show «show»']);
    assert.deepEqual(shown(files, index.uses({ kind: 'request', name: 'list' })), [
      'orders show «list»',
      'orders show «${list.firstId}»',
      'login again «${list.firstId}»',
    ]);
    assert.deepEqual(shown(files, index.uses({ kind: 'connection', name: 'acme' })), ['orders - «acme»']);
    assert.deepEqual(shown(files, index.uses({ kind: 'connection', name: 'other' })), ['orders show «other»']);
  });

  it('finds inputs and secrets', () => {
    assert.deepEqual(shown(files, index.definitions({ kind: 'input', name: 'code' })), ['login - «code»']);
    assert.deepEqual(shown(files, index.uses({ kind: 'input', name: 'code' })), ['login again «${input:code}»']);
    assert.deepEqual(shown(files, index.uses({ kind: 'secret', name: 'key' })), ['login again «${secret:key}»']);
  });

  it('lists names and requests', () => {
    assert.deepEqual(index.names('connection'), ['acme', 'other']);
    assert.deepEqual(index.names('variable'), ['both', 'status', 'which']);
    const [list] = index.outline('orders')?.requests ?? [];
    assert.equal(list?.title, 'All orders');
    assert.equal(list.method, 'GET');
    assert.deepEqual(list.tags, ['smoke']);
    assert.deepEqual(list.captures, ['firstId']);
  });

  it('forgets a file, and takes what it says now', () => {
    const changing = indexOf(files);
    changing.delete('login');
    const changed = LOGIN.replace('status', 'other');
    changing.set('orders', outlineOf(parseRequestFile(changed)));
    assert.deepEqual(changing.uses({ kind: 'variable', name: 'status' }), []);
    assert.deepEqual(shown({ orders: changed }, changing.uses({ kind: 'variable', name: 'other' })), [
      'orders again «${other}»',
    ]);
    assert.deepEqual(changing.uris, ['orders']);
  });
});

it('the outline of a document after an edit is that of its text', () => {
  const document = new RequestDocument();
  outlineOf(document.update(ORDERS));
  const longer = ORDERS.replace('status: open', 'status: "a longer value"').replace('name: All', 'name: Really all');
  assert.deepEqual(outlineOf(document.update(longer)), outlineOf(parseRequestFile(longer)));
});
