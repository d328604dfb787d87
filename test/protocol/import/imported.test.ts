import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { importedText, writtenImport } from '../../helpers/imported';
import { ExampleApi } from '../../helpers/exampleApi';
import { ExampleRun } from '../../helpers/exampleRun';

const pair = (key: string, value: string): object => ({ key, value });

/** A collection of the API that the examples of the documentation call. */
function collection(origin: string): object {
  const get = (name: string, url: string, more: object = {}): object => ({
    name,
    request: { method: 'GET', url, ...more },
  });
  const json = { raw: { language: 'json' } };
  return {
    info: { name: 'Example', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: { type: 'bearer', bearer: [pair('token', '{{token}}')] },
    variable: [pair('base', origin), pair('token', ''), pair('zip', '01234'), pair('amount', '1.10')],
    item: [
      {
        ...get('Token', '{{base}}/token', { auth: { type: 'noauth' } }),
        event: [
          {
            listen: 'test',
            script: {
              exec: [
                'pm.test("ok", () => pm.response.to.have.status(200));',
                'pm.globals.set("token", pm.response.json().token);',
              ],
            },
          },
        ],
      },
      get('List', '{{base}}/orders?status=open&note=a%20%26%20b'),
      get('Show', '', { url: { raw: '{{base}}/orders/:id', variable: [pair('id', 'o-1')] } }),
      {
        name: 'Echo',
        request: {
          method: 'POST',
          url: '{{base}}/echo',
          body: {
            mode: 'raw',
            raw: '{ "zip": "{{zip}}", "amount": {{amount}}, "big": 12345678901234567890 }',
            options: json,
          },
        },
      },
      {
        name: 'Form',
        request: {
          method: 'POST',
          url: '{{base}}/echo?form',
          body: { mode: 'urlencoded', urlencoded: [pair('a', 'x y&z'), pair('a', '2')] },
        },
      },
      {
        name: 'Digest',
        request: {
          method: 'GET',
          url: '{{base}}/digest',
          auth: { type: 'digest', digest: [pair('username', 'ada'), pair('password', '{{cache}}')] },
        },
      },
      { name: 'Purge', request: { method: 'PURGE', url: '{{base}}/cache', header: [pair('X-Odd', 'a: b # c')] } },
    ],
  };
}

describe('an imported collection', () => {
  let api: ExampleApi;
  let folder: string;

  before(async () => {
    api = await ExampleApi.start();
    folder = await mkdtemp(path.join(tmpdir(), 'latchkey-import-'));
  });
  after(async () => {
    await api[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });

  it('is sent as the other tool sends it', async () => {
    const made = await importedText('example.postman_collection.json', JSON.stringify(collection(api.origin)));
    const { files, project } = writtenImport(made);
    const [[name, text] = ['', '']] = files;
    const run = new ExampleRun({ folder: pathToFileURL(folder).href, project, environment: undefined });
    const results = await run.sendAll(name, text);
    assert.deepEqual(
      results.filter(({ end }) => end !== 'ok'),
      [],
      text,
    );
    assert.equal(results.length, 7);
    const lines = api.arrived.map(({ method, url, body }) => `${method} ${url} ${body}`.trim());
    assert.deepEqual(lines, [
      'GET /token',
      'GET /orders?status=open&note=a%20%26%20b',
      'GET /orders/o-1',
      'POST /echo {"zip":"01234","amount":1.10,"big":12345678901234567890}',
      'POST /echo?form a=x+y%26z&a=2',
      'GET /digest',
      'GET /digest',
      'PURGE /cache',
    ]);
    const authorizations = api.arrived.map(({ headers }) => headers.authorization);
    assert.deepEqual(authorizations.slice(0, 3), [undefined, 'Bearer token-of-login', 'Bearer token-of-login']);
    assert.equal(api.arrived.at(-1)?.headers['x-odd'], 'a: b # c');
  });
});
