import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LatchkeyError } from '../../../../src/core/errors';
import type { SecretRequest } from '../../../../src/core/oauth/signInPorts';
import { Secret } from '../../../../src/core/secret';
import { secretReference, SecretVault } from '../../../../src/core/session/secretVault';
import { encodeStoredSecret } from '../../../../src/core/session/storedSecret';
import { connectionWith } from '../../../helpers/oauth/connection';
import { FakeSecretStore } from '../../../helpers/oauth/fakeSecretStore';

const folder = 'file:///projects/shop';
const reference = { folder, name: 'nightly' };
const connection = connectionWith({ clientId: 'ci', clientSecretName: 'nightly' });
const { signal } = new AbortController();
const refused = new LatchkeyError('oauth.clientRejected', { host: 'h', error: 'invalid_client', description: '' });

class Fixture {
  readonly store = new FakeSecretStore();
  readonly asked: SecretRequest[] = [];
  answer: string | undefined = 's3cret';
  readonly vault = new SecretVault(this.store, {
    ask: (request) => {
      this.asked.push(request);
      return Promise.resolve(this.answer === undefined ? undefined : new Secret(this.answer));
    },
  });

  async unlock(where = folder): Promise<string | undefined> {
    const question = { folder: where, name: 'nightly', connectionLabel: 'Acme', kind: 'clientSecret' } as const;
    return (await this.vault.obtain(question, signal)).revealForTransport();
  }
}

suite('client secrets', () => {
  test('are asked for once, and kept per folder and name under a key that shows no path', async () => {
    const fixture = new Fixture();
    const { store, asked } = fixture;
    assert.equal(await fixture.unlock(), 's3cret');
    assert.equal(await fixture.unlock(), 's3cret');
    assert.deepEqual(asked, [
      { folder, name: 'nightly', connectionLabel: 'Acme', kind: 'clientSecret', wasRejected: false },
    ]);
    assert.match([...store.values.keys()].join(), /^latchkey\.secret\.[\w-]{43}\.nightly$/);
    await fixture.unlock('file:///projects/other');
    assert.equal(asked.length, 2, 'another folder has secrets of its own');
    assert.equal(store.values.size, 2);
  });

  test('are asked for once by two sign-ins at the same time', async () => {
    const fixture = new Fixture();
    assert.deepEqual(await Promise.all([fixture.unlock(), fixture.unlock()]), ['s3cret', 's3cret']);
    assert.equal(fixture.asked.length, 1);
  });

  test('that nobody enters cancel the sign-in and store nothing', async () => {
    for (const nothing of [undefined, '']) {
      const fixture = new Fixture();
      fixture.answer = nothing;
      await assert.rejects(fixture.unlock(), { name: 'AbortError' });
      assert.equal(fixture.store.values.size, 0);
    }
  });

  test('that a server refused are asked for again and replaced; until then the old one stays', async () => {
    const fixture = new Fixture();
    await fixture.unlock();
    await fixture.vault.noteFailure(refused, reference);
    fixture.answer = undefined;
    await assert.rejects(fixture.unlock(), { name: 'AbortError' });
    assert.equal((await fixture.vault.stored(reference))?.revealForTransport(), 's3cret');
    fixture.answer = 'better';
    assert.equal(await fixture.unlock(), 'better');
    assert.deepEqual(
      fixture.asked.map(({ wasRejected }) => wasRejected),
      [false, true, true],
    );
    assert.equal(await fixture.unlock(), 'better');
    assert.equal(fixture.asked.length, 3);
    await fixture.vault.noteFailure(refused, reference);
    assert.equal(await fixture.unlock(), 'better', 'entered once more');
    assert.equal(await fixture.unlock(), 'better');
    assert.equal(fixture.asked.length, 4);
  });

  test('that another window has replaced meanwhile are not asked for', async () => {
    const fixture = new Fixture();
    await fixture.unlock();
    await fixture.vault.noteFailure(refused, reference);
    const [key = ''] = fixture.store.values.keys();
    fixture.store.receive(key, encodeStoredSecret({ folder, value: 'from the other window' }));
    assert.equal(await fixture.unlock(), 'from the other window');
    assert.equal(fixture.asked.length, 1);
  });

  const harmless: readonly (readonly [name: string, error: unknown])[] = [
    ['a server that is down', new LatchkeyError('oauth.serverUnreachable', { host: 'h', reason: 'r' })],
    ['a client without the grant', new LatchkeyError('oauth.clientRejected', { error: 'unauthorized_client' })],
    ['a bug', new Error('invalid_client')],
  ];
  for (const [name, error] of harmless) {
    test(`are not doubted because of ${name}`, async () => {
      const fixture = new Fixture();
      await fixture.unlock();
      await fixture.vault.noteFailure(error, reference);
      await fixture.unlock();
      assert.equal(fixture.asked.length, 1);
    });
  }

  test('belong only to connections that authenticate with one', () => {
    for (const clientAuth of [undefined, 'basic', 'basicRaw', 'post', 'clientSecretJwt'] as const) {
      assert.deepEqual(secretReference({ ...connection, clientAuth }, folder), reference);
    }
    for (const clientAuth of ['none', 'privateKeyJwt', 'mtls'] as const) {
      assert.equal(secretReference({ ...connection, clientAuth }, folder), undefined);
    }
  });

  test('that do not pass their check are told of and not stored', async () => {
    const fixture = new Fixture();
    const wrong = new LatchkeyError('oauth.keyInvalid', { key: 'k' });
    const question = { folder, name: 'k', connectionLabel: 'Acme', kind: 'privateKey' } as const;
    const check = (): Promise<LatchkeyError> => Promise.resolve(wrong);
    await assert.rejects(fixture.vault.obtain({ ...question, check }, signal), { code: 'oauth.keyInvalid' });
    assert.equal(fixture.store.values.size, 0);
  });

  test('are listed by folder and name without their values, replaced and forgotten one by one', async () => {
    const fixture = new Fixture();
    await fixture.unlock('file:///projects/zoo');
    await fixture.unlock();
    await fixture.store.set('latchkey.session.x', '{}');
    const [key = ''] = [...fixture.store.values.keys()];
    await fixture.store.set(key.replace(/nightly$/, 'a.b c'), 'stored by an older version');
    const listed = await fixture.vault.list();
    const shown = listed.map(({ folder: where, name }) => [where, name]);
    assert.deepEqual(shown, [
      ['file:///projects/shop', 'nightly'],
      ['file:///projects/zoo', 'nightly'],
      [undefined, 'a.b c'],
    ]);
    assert.doesNotMatch(JSON.stringify(listed), /s3cret|older version/);
    fixture.answer = 'better';
    await fixture.vault.replace({ folder, name: 'nightly', connectionLabel: 'Acme', kind: 'clientSecret' }, signal);
    assert.equal(await fixture.unlock(), 'better');
    await fixture.vault.forget(listed[0]!);
    assert.equal(await fixture.vault.stored(reference), undefined);
    assert.equal((await fixture.vault.list()).length, 2);
  });

  test('that were stored without their folder are still read', async () => {
    const fixture = new Fixture();
    await fixture.unlock();
    const [key = ''] = fixture.store.values.keys();
    for (const plain of ['plain', '{"latchkey":2}', '{"value":"x"}', '"text"', '{']) {
      fixture.store.receive(key, plain);
      assert.equal((await fixture.vault.stored(reference))?.revealForTransport(), plain);
    }
  });

  test('that cannot be read or written say so', async () => {
    const fixture = new Fixture();
    for (const operation of ['get', 'set'] as const) {
      fixture.store.failing.clear();
      fixture.store.failing.add(operation);
      await assert.rejects(fixture.unlock(), { code: 'oauth.secretStoreFailed' });
    }
  });
});
