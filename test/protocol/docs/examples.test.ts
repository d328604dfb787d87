import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { checkProjectFile } from '../../../src/core/request/checkProjectFile';
import { parseProjectFile } from '../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../src/core/request/parseRequestFile';
import { checkRequestFile } from '../../../src/core/request/checkRequestFile';
import { resolveConnection } from '../../../src/core/request/resolveConnection';
import { ExampleApi } from '../../helpers/exampleApi';
import { ExampleRun } from '../../helpers/exampleRun';
import { repositoryRoot } from '../../helpers/repository';

interface Example {
  readonly name: string;
  readonly text: string;
}

/** What the examples name beside each other. */
const FILES: Readonly<Record<string, string>> = {
  'invoice.txt': 'Invoice 7\n',
  'orders.csv': 'sku,quantity\nA-1,3\nB-2,1\n',
  'orders.schema.json': JSON.stringify({
    type: 'object',
    required: ['items'],
    properties: { items: { type: 'array' } },
  }),
};

describe('the examples of the documentation', async () => {
  const page = await readFile(path.join(repositoryRoot, 'docs', 'request-files.md'), 'utf8');
  const [project, ...examples] = examplesOf(page);
  assert.ok(project?.name === 'latchkey.yaml');
  let api: ExampleApi;
  let folder: string;

  before(async () => {
    api = await ExampleApi.start();
    folder = await mkdtemp(path.join(tmpdir(), 'latchkey-docs-'));
    for (const [name, text] of Object.entries(FILES)) await writeFile(path.join(folder, name), text);
  });

  after(async () => {
    await api[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  /** The project of the page, with the API where the test has it. */
  const projectText = (): string => project.text.replace('http://localhost:8080', api.origin);

  it('begin with a project file without faults', () => {
    assert.deepEqual(parseProjectFile(project.text).diagnostics, []);
  });

  it('are there', () => assert.ok(examples.length >= 8));

  for (const example of examples) {
    it(`${example.name} is sent as it stands`, async () => {
      const file = parseRequestFile(example.text);
      const checked = checkRequestFile(file, { ...parseProjectFile(projectText()), directory: '' }, 'local');
      assert.deepEqual([...file.diagnostics, ...checked], []);
      const run = new ExampleRun({ folder: pathToFileURL(folder).href, project: projectText(), environment: 'local' });
      const results = await run.sendAll(example.name, example.text);
      assert.equal(results.length, file.requests.length);
      assert.deepEqual(
        results.filter(({ end }) => end !== 'ok' && end !== 'skipped'),
        [],
      );
    });
  }

  it('of the README are sent as they stand, in its project', async () => {
    const readme = await readFile(path.join(repositoryRoot, 'README.md'), 'utf8');
    const [first, shared, chain] = examplesOf(readme);
    assert.ok(first && shared?.name === 'latchkey.yaml' && chain);
    assert.deepEqual(parseProjectFile(shared.text).diagnostics, []);
    const files = {
      'login.http.yaml': 'requests: { login: { get: /token, auth: none, capture: { token: $.token } } }',
    };
    const run = new ExampleRun({
      ...{ folder: pathToFileURL(folder).href, environment: 'local', files },
      project: shared.text.replace('http://localhost:8080', api.origin),
    });
    for (const { name, text } of [first, chain]) {
      assert.deepEqual(parseRequestFile(text).diagnostics, []);
      const results = await run.sendAll(name, text);
      assert.ok(results.length > 1 && results.every(({ end }) => end === 'ok'), JSON.stringify(results));
    }
    assert.ok(api.arrived.some(({ headers }) => headers.authorization === 'Bearer token-of-login'));
  });

  it('of connections are complete', async () => {
    const connections = await readFile(path.join(repositoryRoot, 'docs', 'connections.md'), 'utf8');
    const written = examplesOf(connections);
    assert.ok(written.length >= 10);
    for (const { text } of written) {
      const found = { ...parseProjectFile(text), directory: '' };
      const marked = [...found.diagnostics, ...checkProjectFile(found, undefined)].map(({ code }) => code);
      assert.deepEqual(marked, text.includes('verify: false') ? ['tls.unverified'] : []);
      for (const name of found.connections.keys()) {
        const resolved = resolveConnection(found, name, undefined);
        assert.deepEqual([resolved.ok, resolved.diagnostics], [true, []], name);
      }
    }
  });

  it('send what they say', () => {
    const arrived = api.arrived.map(({ method, url, body }) => `${method} ${url} ${body}`.trim());
    for (const expected of [
      'GET /orders?status=open&limit=50',
      'PURGE /cache',
      'GET /echo?tag=new&tag=urgent',
      'POST /echo {"sku":"A-1","zip":"01234","price":1.10}',
      'POST /echo status=open&tag=new&tag=urgent',
      'POST /echo <customer>Ada &amp; Co</customer>',
      'PUT /echo Invoice 7',
      'GET /orders/o-1',
      'PATCH /orders/o-2 {"status":"closed"}',
      'POST /orders {"sku":"B-2","quantity":1}',
      'POST /echo {"code":"123456","region":"eu"}',
      'POST /login user=ada',
      'GET /prices',
      'WEBSOCKET /chat',
    ]) {
      assert.ok(arrived.includes(expected), `${expected}\nis not in\n${arrived.join('\n')}`);
    }
    assert.equal(arrived.filter((line) => line.startsWith('GET /flaky')).length, 3);
    const sent = (name: string): readonly unknown[] => api.arrived.map(({ headers }) => headers[name]).filter(Boolean);
    assert.ok(sent('authorization').includes('Bearer token-of-acme'));
    assert.ok(sent('authorization').includes(`Basic ${Buffer.from('ada:secret-cache').toString('base64')}`));
    assert.ok(sent('x-api-key').includes('secret-key'));
    const accounts = api.arrived.filter(({ url }) => url === '/account').map(({ headers }) => headers.cookie);
    assert.deepEqual(accounts, ['theme=dark; sid=c2Vzc2lvbi1vZi1hZGE', undefined]);
    assert.match(String(sent('x-signature')[0]), /^sha256=[0-9a-f]{64}$/);
  });
});

/** The YAML blocks of a page; the first line of each is a comment that begins with the name of its file. */
function examplesOf(page: string): readonly Example[] {
  return [...page.matchAll(/^```yaml\n# ([^\s,]+).*\n([^]*?)^```$/gm)].map(([, name = '', text = '']) => ({
    name,
    text,
  }));
}
