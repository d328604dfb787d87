import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LatchkeyError } from '../../../../src/core/errors';
import type { FileHead } from '../../../../src/core/ports';
import type { KnownRows } from '../../../../src/core/request/knownRows';
import { FileLooks } from '../../../../src/vscode/requests/fileLooks';

const FOLDER = 'file:///projects/shop';
const LIMIT = 64 * 1024;

/** A folder that notes what is asked of it. */
class Folder {
  readonly files = new Map<string, string>();
  readonly read: string[] = [];
  stamps = 0;
  readonly looks = new FileLooks(
    {
      stamp: (_folder, path) => {
        this.stamps++;
        return this.#text(path).then((text) => `${text.length} ${text}`);
      },
      head: async (_folder, path, most): Promise<FileHead> => {
        this.read.push(path);
        const bytes = new TextEncoder().encode(await this.#text(path));
        return { bytes: bytes.slice(0, most), isWhole: bytes.length <= most };
      },
    },
    () => this.now,
  );
  now = 0;

  constructor(files: Readonly<Record<string, string>>) {
    for (const [path, text] of Object.entries(files)) this.files.set(path, text);
  }

  look(path: string): Promise<string> {
    return this.looks.look(FOLDER, path);
  }

  problem(path: string): Promise<string | undefined> {
    return this.looks.schemaProblem(FOLDER, path);
  }

  change(path: string, text: string | undefined): boolean {
    if (text === undefined) this.files.delete(path);
    else this.files.set(path, text);
    return this.looks.forget(new Set([`/projects/shop/${path}`]));
  }

  #text(path: string): Promise<string> {
    const text = this.files.get(path);
    if (text === 'link') return Promise.reject(new LatchkeyError('file.outside', { file: path }));
    if (text !== undefined) return Promise.resolve(text);
    return Promise.reject(new LatchkeyError('file.notFound', { file: path }));
  }
}

describe('looks at files that request files name', () => {
  it('tell what is there, what is not, and what leads out', async () => {
    const folder = new Folder({ 'a.json': '{}', 'b.json': 'link' });
    assert.deepEqual(await Promise.all(['a.json', 'b.json', 'c.json'].map((path) => folder.look(path))), [
      'inside',
      'outside',
      'missing',
    ]);
  });

  it('count for a while, or until the file has changed', async () => {
    const folder = new Folder({});
    assert.equal(await folder.look('a.json'), 'missing');
    folder.files.set('a.json', '{}');
    assert.equal(await folder.look('a.json'), 'missing');
    assert.equal(folder.stamps, 1);
    folder.now += 3_000;
    assert.equal(await folder.look('a.json'), 'inside');
    folder.files.delete('a.json');
    assert.equal(folder.looks.forget(new Set(['/projects/shop/other.json', '/projects/shop/a.json/b'])), false);
    assert.equal(await folder.look('a.json'), 'inside');
    assert.equal(folder.looks.forget(new Set(['/projects/shop/a.json'])), true);
    assert.equal(await folder.look('a.json'), 'missing');
  });

  it('come anew for all files when one of them has changed: of one that came and went nothing may be told', async () => {
    const folder = new Folder({ 'a.json': '{}', 'b.bin': 'x' });
    assert.deepEqual([await folder.look('a.json'), await folder.look('b.bin')], ['inside', 'inside']);
    folder.files.delete('b.bin');
    assert.equal(folder.change('a.json', '{ '), true);
    assert.equal(await folder.look('b.bin'), 'missing');
  });

  it('come anew when a folder above the file has come or gone', async () => {
    const folder = new Folder({ 'sub/deep/a.json': '{}' });
    assert.equal(await folder.look('sub/deep/a.json'), 'inside');
    folder.files.clear();
    assert.equal(folder.looks.forget(new Set(['/projects/shop/sub'])), true);
    assert.equal(await folder.look('sub/deep/a.json'), 'missing');
  });

  it('keep what is asked for most recently', async () => {
    const folder = new Folder({ 'a.json': '{}' });
    for (let index = 0; index < 3_000; index++) {
      await folder.look('a.json');
      await folder.look(`${index}.json`);
    }
    assert.equal(folder.stamps, 3_001);
  });

  it('judge a schema once, until it or a file that it refers to is another', async () => {
    const folder = new Folder({ 's/a.json': '{ "$ref": "b.json" }', 's/b.json': '{ "type": "text" }' });
    const bad = 'the schema has the unknown type "text"';
    assert.equal(await folder.problem('s/a.json'), bad);
    folder.now += 10_000;
    assert.equal(await folder.problem('s/a.json'), bad);
    assert.deepEqual(folder.read, ['s/a.json', 's/b.json']);
    assert.equal(folder.change('s/b.json', '{ "type": "string" }'), true);
    assert.equal(await folder.problem('s/a.json'), undefined);
    assert.equal(folder.change('s/b.json', undefined), true);
    assert.equal(await folder.problem('s/a.json'), 'The file s/b.json is not there');
    assert.equal(folder.change('s/b.json', '{}'), true);
    assert.equal(await folder.problem('s/a.json'), undefined);
  });

  it('leave large schemas to the sending', async () => {
    const large = `{ "type": "text", "title": "${'x'.repeat(LIMIT)}" }`;
    const folder = new Folder({ 'a.json': large, 'b.json': '{ "$ref": "a.json" }', 'c.json': '' });
    assert.equal(await folder.problem('a.json'), undefined);
    assert.equal(await folder.problem('b.json'), undefined);
    // Many small ones are large together.
    const names = Array.from({ length: 8 }, (_, index) => `n${index}.json`);
    const refs = names.map((name) => `{ "$ref": "${name}" }`);
    folder.files.set('c.json', `{ "type": "text", "allOf": [${refs.join()}] }`);
    for (const name of names) folder.files.set(name, `{ "title": "${'x'.repeat(LIMIT - 100)}" }`);
    assert.equal(await folder.problem('c.json'), undefined);
    assert.equal(folder.read.filter((path) => path.startsWith('n')).length, 5);
  });

  it('look into rows once, until they are others', async () => {
    const folder = new Folder({ 'a.csv': 'sku,n\nA-1,2\n', 'b.csv': 'link', 'c.csv': 'sku,sku\n' });
    const rows = (path: string): Promise<KnownRows | undefined> => folder.looks.rows(FOLDER, path);
    const first = await rows('a.csv');
    assert.deepEqual(first?.ok === true && [...first.fields.keys()], ['sku', 'n']);
    folder.now += 10_000;
    assert.equal(await rows('a.csv'), first);
    folder.change('a.csv', `price\n${'1\n'.repeat(LIMIT)}`);
    const second = await rows('a.csv');
    assert.deepEqual(second?.ok === true && [...second.fields.keys()], ['price']);
    assert.deepEqual(folder.read, ['a.csv', 'a.csv']);
    assert.equal(await rows('b.csv'), undefined);
    assert.equal(await rows('none.csv'), undefined);
    const bad = await rows('c.csv');
    assert.equal(bad?.ok === false && bad.code, 'rows.duplicateHeader');
  });
});
