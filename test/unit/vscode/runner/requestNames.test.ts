import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RequestNames } from '../../../../src/vscode/runner/requestNames';

const file = 'file:///a.http.yaml';

void test('a request that gets another name is known again, also when it has none for a while', () => {
  const names = new RequestNames();
  assert.equal(names.renamed(file, 'orders', ['login', 'orders']), undefined);
  assert.deepEqual(names.renamed(file, 'orders', ['login', 'order']), { from: 'orders', to: 'order' });
  assert.equal(names.renamed(file, 'order', ['login', 'order']), undefined);
  assert.equal(names.renamed(file, 'order', ['login']), undefined);
  assert.deepEqual(names.renamed(file, 'order', ['login', 'list']), { from: 'order', to: 'list' });
});

void test('the first of a file, which is shown without being named, is known again as well', () => {
  const names = new RequestNames();
  assert.equal(names.renamed(file, undefined, ['login', 'orders']), undefined);
  assert.deepEqual(names.renamed(file, undefined, ['signIn', 'orders']), { from: 'login', to: 'signIn' });
});

const others: Readonly<Record<string, readonly string[]>> = {
  'another one has its name': ['orders', 'login'],
  'it was removed': ['login'],
  'another one was renamed': ['signIn', 'orders'],
  'so much is new that nobody can tell': ['signIn', 'list'],
  'the file is empty': [],
};
for (const [what, after] of Object.entries(others)) {
  void test(`nothing is taken for the request when ${what}`, () => {
    const names = new RequestNames();
    names.renamed(file, 'orders', ['login', 'orders']);
    assert.equal(names.renamed(file, 'orders', after), undefined);
  });
}

void test('the names of one file say nothing of another one', () => {
  const names = new RequestNames();
  names.renamed(file, 'orders', ['orders']);
  assert.equal(names.renamed('file:///b.http.yaml', 'orders', ['list']), undefined);
});
