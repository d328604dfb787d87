import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { isAbort, LatchkeyError } from '../../../src/core/errors';
import { fetchDocument } from '../../../src/core/openapi/fetchDocument';
import type { DocumentReader } from '../../../src/core/openapi/loadDescription';
import type { OpenDescription } from '../../../src/core/openapi/openDescription';
import { DescriptionThreads } from '../../../src/node/openapi/descriptionThreads';
import { petStore, petStoreParts } from '../../helpers/apiDescriptions';
import { startHttp, startTransport } from '../../helpers/localServers';
import { repositoryRoot } from '../../helpers/repository';
import { neverAborted, sendDependencies } from '../../helpers/requests';

const threads = new DescriptionThreads(path.join(repositoryRoot, 'dist', 'descriptionWorker.js'));
const base = 'https://api.example/';

function readerOf(files: Readonly<Record<string, string>>): DocumentReader {
  return {
    label: (uri) => uri.replace(base, ''),
    read: (uri) => {
      const text = files[uri.replace(base, '')];
      const missing = new LatchkeyError('description.notThere', { file: uri.replace(base, '') });
      return text === undefined ? Promise.reject(missing) : Promise.resolve(text);
    },
  };
}

async function opened(
  t: TestContext,
  files: Readonly<Record<string, string>>,
  signal = neverAborted,
): Promise<OpenDescription> {
  const [first = ''] = Object.keys(files);
  const description = await threads.open(base + first, readerOf(files), signal);
  t.after(() => description.dispose());
  return description;
}

const style = { connections: { petAuth: 'pets' }, inheritsAuth: false, baseUrl: 'https://api.example/v2', taken: [] };

describe('an API description in a thread of its own', () => {
  it('is summed up, and gives the requests and connections of its operations', async (t) => {
    const description = await opened(t, { 'pets.yaml': petStore, 'parts.yaml': petStoreParts });
    const { title, operations, tags, server } = description.summary;
    assert.deepEqual([title, operations.length, server], ['Pet Store', 3, 'https://api.example/v2']);
    assert.deepEqual(tags, [{ name: 'pets', description: 'Everything about your pets' }]);
    const ids = ['POST /pets', 'GET /pets'];
    // One after the other, however they are asked for.
    const [requests, connections] = await Promise.all([
      description.requests({ ...style, ids }),
      description.connections(ids),
    ]);
    assert.deepEqual(
      requests.map(({ name }) => name),
      ['listPets', 'add-pet'],
    );
    assert.deepEqual(
      connections.map(({ scheme, connection }) => [scheme, connection.scopes, connection.origins]),
      [['petAuth', ['read:pets', 'write:pets'], ['https://api.example']]],
    );
    assert.deepEqual(description.missing, []);
  });

  it('is shown without the parts that cannot be had, which are named', async (t) => {
    const description = await opened(t, { 'pets.yaml': petStore });
    assert.deepEqual(
      description.missing.map(({ code, data }) => [code, data['file']]),
      [['description.notThere', 'parts.yaml']],
    );
    assert.equal(description.summary.operations.length, 3);
    const requests = await description.requests({ ...style, ids: ['PUT /pets/{petId}/photos/{photo.id}'] });
    assert.deepEqual(requests[0]?.entries.find(([key]) => key === 'variables')?.[1], {
      kind: 'map',
      entries: [
        ['petId', { kind: 'raw', source: '10' }],
        ['photo_id', { kind: 'text', text: 'text' }],
      ],
    });
  });

  it('that cannot be read says why, with its code', async (t) => {
    await assert.rejects(opened(t, { 'a.yaml': 'a: "' }), { code: 'description.notReadable' });
    await assert.rejects(opened(t, { 'a.yaml': 'a: 1' }), { code: 'description.notOne' });
    await assert.rejects(threads.open(`${base}none`, readerOf({}), neverAborted), { code: 'description.notThere' });
    const bug = { ...readerOf({}), read: () => Promise.reject(new TypeError('a bug')) };
    await assert.rejects(threads.open(`${base}none`, bug, neverAborted), TypeError);
  });

  it('of 20 MB is read while this thread goes on', async (t) => {
    const paths = Array.from({ length: 20_000 }, (_, index): [string, unknown] => [
      `/items/${index}/{id}`,
      {
        get: {
          summary: `Item ${index}`,
          description: 'x'.repeat(900),
          parameters: [{ name: 'id', in: 'path', required: true, schema: { $ref: '#/components/schemas/id' } }],
        },
      },
    ]);
    const components = { schemas: { id: { type: 'integer' } } };
    const text = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Large' },
      paths: Object.fromEntries<unknown>(paths),
      components,
    });
    assert.ok(text.length > 20_000_000);
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    t.after(() => clearInterval(timer));
    const { summary } = await opened(t, { 'large.json': text });
    assert.equal(summary.operations.length, 20_000);
    assert.ok(turns > 5, `${turns} turns`);
  });

  it('is given up when nobody waits for it any more', async () => {
    const controller = new AbortController();
    let isAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const reader: DocumentReader = {
      label: (uri) => uri,
      read: () => {
        isAsked();
        return new Promise(() => undefined);
      },
    };
    const opening = threads.open(`${base}slow`, reader, controller.signal);
    await asked;
    controller.abort();
    await assert.rejects(opening, isAbort);
    await assert.rejects(threads.open(`${base}slow`, reader, controller.signal), isAbort);
  });

  it('answers nobody once it is closed', async (t) => {
    const description = await opened(t, { 'pets.yaml': petStore });
    description.dispose();
    await assert.rejects(description.connections([]), isAbort);
  });
});

describe('a document of the web', () => {
  it('is fetched without credentials, along redirects', async (t) => {
    const server = await startHttp(t, (request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/openapi.json' }).end();
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(request.headers));
    });
    const fetched = await fetchDocument(`${server.origin}/old`, sendDependencies(startTransport(t)), neverAborted);
    const headers = JSON.parse(fetched) as Record<string, string>;
    assert.match(headers['accept'] ?? '', /json/);
    assert.deepEqual([headers['authorization'], headers['cookie']], [undefined, undefined]);
  });

  it('that is not there, or not to be had, is told', async (t) => {
    const server = await startHttp(t, (_request, response) => response.writeHead(401).end());
    const dependencies = sendDependencies(startTransport(t));
    await assert.rejects(fetchDocument(server.origin, dependencies, neverAborted), { code: 'description.notServed' });
    await assert.rejects(fetchDocument('http://127.0.0.1:1/', dependencies, neverAborted), LatchkeyError);
    const aborted = AbortSignal.abort();
    await assert.rejects(fetchDocument(server.origin, dependencies, aborted), isAbort);
  });
});
