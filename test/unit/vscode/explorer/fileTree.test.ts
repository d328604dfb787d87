import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fileTree, type TreeEntry } from '../../../../src/vscode/explorer/fileTree';

function treeOf(...paths: string[]): readonly string[] {
  const lines = (entries: readonly TreeEntry[], indent: string): string[] =>
    entries.flatMap((entry) =>
      entry.kind === 'file'
        ? [`${indent}${entry.label}`]
        : [`${indent}${entry.label}/ (${entry.path})`, ...lines(entry.children, `${indent}  `)],
    );
  return lines(fileTree(paths.map((path) => ({ uri: `file:///w/${path}`, path }))), '');
}

suite('the tree of request files', () => {
  test('has folders first, both by name as people count', () => {
    assert.deepEqual(treeOf('b10.http.yaml', 'b9.http.yaml', 'Api/x.http.yaml', 'A.http.yaml'), [
      'Api/ (Api)',
      '  x.http.yaml',
      'A.http.yaml',
      'b9.http.yaml',
      'b10.http.yaml',
    ]);
  });

  test('joins folders that hold nothing but another folder', () => {
    assert.deepEqual(treeOf('src/api/v2/a.http.yaml', 'src/api/v2/deep/er/b.http.yaml', 'c.http.yml'), [
      'src/api/v2/ (src/api/v2)',
      '  deep/er/ (src/api/v2/deep/er)',
      '    b.http.yaml',
      '  a.http.yaml',
      'c.http.yml',
    ]);
  });

  test('is empty where there is nothing', () => {
    assert.deepEqual(treeOf(), []);
  });

  test('takes 5,000 files in no time', () => {
    const paths = Array.from({ length: 5_000 }, (_, at) => `f${at % 70}/g${at % 7}/${at}.http.yaml`);
    treeOf(...paths);
    const begin = performance.now();
    treeOf(...paths);
    assert.ok(performance.now() - begin < 500);
  });
});
