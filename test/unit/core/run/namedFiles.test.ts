import assert from 'node:assert/strict';
import { it } from 'node:test';
import { finish } from '../../../../src/core/request/steps';
import { checkNamedFiles, namedFiles, type FileLook } from '../../../../src/core/run/namedFiles';
import { RunTheatre } from '../../../helpers/runs';

const TEXT = `headers: { X-Key: "\${file:./top.txt}" }
requests:
  a:
    post: /
    multipart: { one: { file: ./out.bin }, two: { file: "./\${name}.bin" }, three: x }
    expect: { schema: ../../schema.json }
  b:
    put: /
    file: ./in.bin
    forEach: ./rows.csv
    expect: { schema: ./.env.json }
    retry: { times: 1, until: { schema: ./.git/x.json } }
  c:
    websocket: /
    messages: ["\${file:./hello.txt}", { file: ./frame.bin }]
`;

/** The links of a folder, by the paths that lead through them. */
const LINKS: Readonly<Record<string, FileLook>> = {
  'sub/top.txt': 'outside',
  'sub/out.bin': 'forbidden',
  'sub/rows.csv': 'outside',
  'sub/hello.txt': 'outside',
  'sub/frame.bin': 'outside',
};

it('files that are never read are known before anything is sent', async () => {
  const place = new RunTheatre({ files: { 'sub/a.http.yaml': TEXT } }).place('sub/a.http.yaml');
  const looked: string[] = [];
  const found = await checkNamedFiles(place, finish(namedFiles(place)), (_folder, path) => {
    looked.push(path);
    return Promise.resolve(LINKS[path] ?? 'inside');
  });
  assert.deepEqual(
    found.map(({ code, range }) => `${code} ${TEXT.slice(range.start, range.end)}`),
    [
      'expression.fileLinkedOut ${file:./top.txt}',
      'expression.fileForbidden ./out.bin',
      'expression.fileOutside ../../schema.json',
      'expression.fileLinkedOut ./rows.csv',
      'expression.fileForbidden ./.env.json',
      'expression.fileForbidden ./.git/x.json',
      'expression.fileLinkedOut ${file:./hello.txt}',
      'expression.fileLinkedOut ./frame.bin',
    ],
  );
  const names = ['frame.bin', 'hello.txt', 'in.bin', 'out.bin', 'rows.csv', 'top.txt'];
  assert.deepEqual(
    looked.toSorted(),
    names.map((name) => `sub/${name}`),
  );
});
