import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importedText, writtenImport } from '../../../helpers/imported';

const info = { name: 'Big', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' };
const request = { request: 'https://api.acme.example/' };

describe('an import has its limits', () => {
  it('of requests', async () => {
    const text = JSON.stringify({ info, item: Array.from({ length: 20_001 }, () => request) });
    await assert.rejects(importedText('a.json', text), {
      code: 'import.tooMany',
      data: { count: 20_001, limit: 20_000 },
    });
  });

  it('of nested folders, which are told', async () => {
    const text = `{"info":${JSON.stringify(info)},"item":[${JSON.stringify(request)},${'{"item":['.repeat(5_000)}${']}'.repeat(5_000)}]}`;
    const made = await importedText('a.json', text);
    assert.deepEqual(
      made.notes.map(({ kind }) => kind),
      ['folderDepth'],
    );
  });

  it('of a file, which goes on in another', async () => {
    const body = { mode: 'raw', raw: 'x'.repeat(900_000) };
    const item = { request: { method: 'POST', url: 'https://api.acme.example/', body } };
    const { files } = writtenImport(await importedText('a.json', JSON.stringify({ info, item: [item, item, item] })));
    assert.deepEqual([...files.keys()], ['Big.http.yaml', 'Big 2.http.yaml', 'Big 3.http.yaml']);
  });

  it('but takes no longer for odd texts than for others', async () => {
    const begun = performance.now();
    const url = `https://api.acme.example/${':id/'.repeat(30_000)}`;
    await importedText('a.json', JSON.stringify({ info, item: [{ request: { method: 'GET', url } }] }));
    await importedText('a.http', `GET https://api.acme.example/${'{{a}}'.repeat(60_000)}`);
    await importedText('a.http', `GET https://api.acme.example/${'{{'.repeat(300_000)}`);
    const resources = [{ _type: 'request', url: `https://api.acme.example/${'{%'.repeat(300_000)}`, method: 'GET' }];
    await importedText('a.json', JSON.stringify({ _type: 'export', resources }));
    const elapsed = performance.now() - begun;
    // A second or so; with each text put together anew at every variable it was minutes.
    assert.ok(elapsed < 15_000, `${Math.round(elapsed)} ms`);
  });
});
