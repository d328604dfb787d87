import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { KnownRows } from '../../../../src/core/request/knownRows';
import { finish } from '../../../../src/core/request/steps';
import {
  checkNamedFiles,
  namedFiles,
  rowsOfFiles,
  type FileInsight,
  type FileLook,
} from '../../../../src/core/run/namedFiles';
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

/** A folder where all is well but for what a test says. */
function insight(told: Partial<FileInsight>): FileInsight {
  return {
    look: () => Promise.resolve('inside'),
    schemaProblem: () => Promise.resolve(undefined),
    rows: () => Promise.resolve(undefined),
    ...told,
  };
}

/** What is marked in the text of `sub/a.http.yaml`. */
async function marked(text: string, told: Partial<FileInsight>): Promise<readonly string[]> {
  const place = new RunTheatre({ files: { 'sub/a.http.yaml': text } }).place('sub/a.http.yaml');
  const found = await checkNamedFiles(place, finish(namedFiles(place)), insight(told));
  return found.map(
    ({ code, range, severity, data }) =>
      `${severity} ${code} ${text.slice(range.start, range.end)} ${JSON.stringify(data)}`,
  );
}

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
  const look = (_folder: string, path: string): Promise<FileLook> => {
    looked.push(path);
    return Promise.resolve(LINKS[path] ?? 'inside');
  };
  const found = await checkNamedFiles(place, finish(namedFiles(place)), insight({ look }));
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

it('files that are not there are known as well, wherever they are named', async () => {
  const look = (): Promise<FileLook> => Promise.resolve('missing');
  const found = await marked(TEXT, { look });
  const missing = ['${file:./top.txt}', './out.bin', './in.bin', './rows.csv', '${file:./hello.txt}', './frame.bin'];
  assert.deepEqual(
    found.filter((line) => line.includes('file.notFound')),
    missing.map((name) => `error file.notFound ${name} {"file":"${/\.\/[a-z.]+/.exec(name)?.[0]}"}`),
  );
});

it('a schema is judged in the file that holds it, and only if that may be read', async () => {
  const asked: string[] = [];
  const told: Partial<FileInsight> = {
    look: (_folder, path) => Promise.resolve(path.endsWith('gone.json') ? 'missing' : 'inside'),
    schemaProblem: (_folder, path) => {
      asked.push(path);
      return Promise.resolve(path.endsWith('good.json') ? undefined : `${path} is no JSON`);
    },
  };
  const text = `requests:
  a: { get: /, expect: { schema: ./good.json } }
  b: { get: /, expect: { schema: ../bad.json }, retry: { times: 1, until: { schema: ./worse.yaml } } }
  c: { post: /, file: ./body.json, expect: { schema: ./gone.json } }
  d: { get: /, expect: { schema: "./\${which}.json" } }
  e: { get: /, expect: { schema: ../../up.json } }
`;
  assert.deepEqual(await marked(text, told), [
    'error expect.badSchemaFile ../bad.json {"problem":"bad.json is no JSON","file":"../bad.json"}',
    'error expect.badSchemaFile ./worse.yaml {"problem":"sub/worse.yaml is no JSON","file":"./worse.yaml"}',
    'error file.notFound ./gone.json {"file":"./gone.json"}',
    'error expression.fileOutside ../../up.json {"file":"../../up.json"}',
  ]);
  assert.deepEqual(asked, ['sub/good.json', 'bad.json', 'sub/worse.yaml']);
});

it('files of rows are looked into, and what is wrong with them is told', async () => {
  const bad: KnownRows = { ok: false, code: 'rows.duplicateHeader', data: { file: 'sub/bad.csv', name: 'a' } };
  const good: KnownRows = { ok: true, fields: new Map(), isComplete: true };
  const asked: string[] = [];
  const rows = (_folder: string, path: string): Promise<KnownRows | undefined> => {
    asked.push(path);
    return Promise.resolve({ 'sub/bad.csv': bad, 'good.json': good }[path]);
  };
  const text = `requests:
  a: { get: /, forEach: ../good.json }
  b: { get: /, forEach: ./bad.csv }
  c: { get: /, forEach: ../good.json }
  d: { get: /, forEach: ../../up.csv }
  e: { put: /, forEach: "\${which}.csv", file: ./body.json }
`;
  assert.deepEqual(await marked(text, { rows }), [
    'error rows.duplicateHeader ./bad.csv {"file":"./bad.csv","name":"a"}',
    'error expression.fileOutside ../../up.csv {"file":"../../up.csv"}',
  ]);
  asked.length = 0;
  const place = new RunTheatre({ files: { 'sub/a.http.yaml': text } }).place('sub/a.http.yaml');
  const known = await rowsOfFiles(place, finish(namedFiles(place)), insight({ rows }));
  assert.deepEqual(asked, ['good.json', 'sub/bad.csv']);
  assert.equal(known('../good.json'), good);
  assert.equal(known('./bad.csv'), bad);
  assert.equal(known('../../up.csv'), undefined);
});
