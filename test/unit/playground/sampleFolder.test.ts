import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { rememberedPorts, withAddresses, writeSample } from '../../../src/playground/sampleFolder';
import { repositoryRoot } from '../../helpers/repository';
import { temporaryFolder } from '../../helpers/temporaryFolder';

const source = path.join(repositoryRoot, 'media', 'sample');
const addresses = {
  issuer: 'http://playground.localhost:1111',
  api: 'http://127.0.0.1:2222',
  otherOrigin: 'http://127.0.0.1:3333',
};

test('writes what is missing and brings the addresses up to date', async () => {
  await using folder = await temporaryFolder('sample');
  const target = path.join(folder.path, 'new');
  const { written } = await writeSample(source, target, addresses);
  assert.deepEqual([...written].sort(), (await readdir(source)).sort());
  assert.ok(written.includes('latchkey.yaml') && written.includes('profile.http.yaml'));
  const project = await readFile(path.join(target, 'latchkey.yaml'), 'utf8');
  const original = await readFile(path.join(source, 'latchkey.yaml'), 'utf8');
  const restored = project
    .replace(addresses.issuer, 'http://playground.localhost:28210')
    .replace(addresses.api, 'http://127.0.0.1:28211')
    .replace(addresses.otherOrigin, 'http://127.0.0.1:28212');
  assert.equal(restored, original);
  assert.deepEqual(await rememberedPorts(source, target), { auth: 1111, api: 2222, other: 3333 });
});

test('never touches what the user has changed', async () => {
  await using folder = await temporaryFolder('sample');
  await writeSample(source, folder.path, addresses);
  const mine = path.join(folder.path, 'profile.http.yaml');
  await writeFile(mine, '# mine\n');
  await rm(path.join(folder.path, 'README.md'));
  const { written } = await writeSample(source, folder.path, addresses);
  assert.deepEqual(written, ['README.md']);
  assert.equal(await readFile(mine, 'utf8'), '# mine\n');
});

test('without a project file the sample’s own ports are the wish', async () => {
  await using folder = await temporaryFolder('sample');
  assert.deepEqual(await rememberedPorts(source, folder.path), { auth: 28_210, api: 28_211, other: 28_212 });
});

test('changes the addresses and no other byte', () => {
  const text = [
    '# top',
    'connections: { x: { issuer: "${login}" } }',
    'variables:   # odd   spacing',
    "    elsewhere:   'http://127.0.0.1:3'  # three",
    '    other: http://127.0.0.1:9999',
    '    login: "http://localhost:1/" # one',
    '    api:  http://127.0.0.1:2',
    '',
  ].join('\r\n');
  const expected = text
    .replace("'http://127.0.0.1:3'", addresses.otherOrigin)
    .replace('"http://localhost:1/"', addresses.issuer)
    .replace(/http:\/\/127\.0\.0\.1:2\b/, addresses.api);
  assert.equal(withAddresses(text, addresses), expected);
});

test('leaves addresses alone that do not lead to this machine, and files without any', () => {
  for (const text of [
    'variables: { login: "https://login.acme.dev", api: "https://api.acme.dev:8443", elsewhere: "${api}" }\n',
    'variables: [login, api]\n',
    'variables:\n  api: 12\n  login:\n',
    'environments: { local: { api: http://127.0.0.1:1 } }\n',
    'variables: {\n',
    '',
  ]) {
    assert.equal(withAddresses(text, addresses), text);
  }
});
