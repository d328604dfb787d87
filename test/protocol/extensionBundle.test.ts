import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { repositoryRoot } from '../helpers/repository';
import { temporaryFolder } from '../helpers/temporaryFolder';

const dist = path.join(repositoryRoot, 'dist');

/** Stands in for VS Code's API: has every name, and counts who asks for all of them. */
const anyApi = `
  let copies = 0;
  const anything = () => new Proxy(function () {}, {
    get: (_target, name) => (name === 'prototype' ? {} : typeof name === 'symbol' ? undefined : anything()),
    apply: () => anything(),
  });
  module.exports = new Proxy({}, {
    get: (_target, name) => (name === 'copies' ? copies : name === '__esModule' ? undefined : anything()),
    ownKeys: () => (copies++, []),
  });
`;

describe('the bundle of the extension', () => {
  it('takes what it needs of the editor’s API, and never copies the whole', async () => {
    await using modules = await temporaryFolder('modules');
    await fs.mkdir(path.join(modules.path, 'vscode'));
    await fs.writeFile(path.join(modules.path, 'vscode', 'index.js'), anyApi);
    const services = (await outputs()).find((file) => path.basename(file).startsWith('services-'));
    const script = `
      require(${JSON.stringify(path.join(dist, 'extension.js'))});
      require(${JSON.stringify(services)});
      console.log(require('vscode').copies);
    `;
    const env = { ...process.env, NODE_PATH: modules.path };
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { env });
    assert.equal(stdout.trim(), '0');
  });

  it('has no character for which a whole file would take twice the memory', async () => {
    for (const file of await outputs()) {
      const found = /[^\0-\xff]/.exec(withoutComments(await fs.readFile(file, 'utf8')));
      assert.equal(found?.[0], undefined, `In ${path.basename(file)}; write it as an escape.`);
    }
  });
});

/** What is shipped has none. */
function withoutComments(code: string): string {
  return code.replaceAll(/\/\*\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
}

/** What the extension host loads of it, sooner or later. */
async function outputs(): Promise<readonly string[]> {
  const chunks = (await fs.readdir(path.join(dist, 'chunks'))).map((name) => path.join(dist, 'chunks', name));
  return [path.join(dist, 'extension.js'), ...chunks];
}
