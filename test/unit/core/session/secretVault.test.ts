import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { LatchkeyError } from '../../../../src/core/errors';
import type { SecretRequest } from '../../../../src/core/oauth/signInPorts';
import { Secret } from '../../../../src/core/secret';
import { secretReference, SecretVault } from '../../../../src/core/session/secretVault';
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
    return (await this.vault.unlock(connection, where, signal)).clientSecret?.revealForTransport();
  }
}

suite('client secrets', () => {
  test('are asked for once, and kept per folder and name under a key that shows no path', async () => {
    const fixture = new Fixture();
    const { store, asked } = fixture;
    assert.equal(await fixture.unlock(), 's3cret');
    assert.equal(await fixture.unlock(), 's3cret');
    assert.deepEqual(asked, [{ folder, name: 'nightly', connectionLabel: 'Acme', wasRejected: false }]);
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
    fixture.store.receive(key, 'from the other window');
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

  test('are not asked for where the client authenticates with nothing', async () => {
    const fixture = new Fixture();
    const open = { ...connection, clientAuth: 'none' } as const;
    assert.equal((await fixture.vault.unlock(open, folder, signal)).clientSecret, undefined);
    assert.equal(secretReference(open, folder), undefined);
    assert.deepEqual(secretReference(connection, folder), reference);
    assert.equal(fixture.asked.length, 0);
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
