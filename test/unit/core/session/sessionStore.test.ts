import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Secret } from '../../../../src/core/secret';
import type { SessionRecord } from '../../../../src/core/session/sessionRecord';
import { encodeRecord } from '../../../../src/core/session/sessionRecordJson';
import { SessionCatalog } from '../../../../src/core/session/sessionCatalog';
import { isSessionKey, SessionStore } from '../../../../src/core/session/sessionStore';
import { FakeSecretStore } from '../../../helpers/oauth/fakeSecretStore';
import { MemoryLog } from '../../../helpers/oauth/memoryLog';

function recordWith(id: string, more: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id,
    connectionName: 'acme',
    connectionLabel: 'Acme',
    connectionKey: 'key',
    account: { id: 'a', label: 'alice' },
    loginHint: undefined,
    server: { id: 'https://i', issuerKnown: true, metadata: { issuer: 'https://i' }, insecureOrigins: [] },
    client: { id: 'c', secret: undefined, auth: 'none', registered: false, idTokenAlgorithm: undefined },
    resource: [],
    refreshParameters: {},
    scopes: [],
    tokens: {
      type: 'Bearer',
      access: new Secret('canary-access'),
      refresh: undefined,
      obtainedAt: 0,
      lifetime: undefined,
      scope: undefined,
    },
    generation: 1,
    ...more,
  };
}

suite('the session store', () => {
  test('one secret per session; what cannot be read is dropped from the list, said in the log, and left alone [F11]', async () => {
    const log = new MemoryLog();
    const secrets = new FakeSecretStore(
      new Map([
        ['latchkey.session.good', encodeRecord(recordWith('good'))],
        ['latchkey.session.bad', '{"version":1,"tokens":{"access":"canary-access"}}'],
        ['latchkey.session.later', encodeRecord(recordWith('later')).replace('"version":1', '"version":9')],
        ['latchkey.handover.x', 'vscode://'],
      ]),
    );
    const catalog = new SessionCatalog(new SessionStore(secrets, log), log);
    assert.deepEqual(
      (await catalog.list()).map(({ id }) => id),
      ['good'],
    );
    assert.equal(secrets.values.size, 4);
    assert.match(log.text, /bad cannot be read/);
    assert.match(log.text, /later cannot be read/);
    assert.doesNotMatch(log.text, /canary/);
    assert.ok(isSessionKey('latchkey.session.good'));
    assert.ok(!isSessionKey('latchkey.handover.x'));
  });

  test('a key without a value is normal', async () => {
    const log = new MemoryLog();
    const secrets = new FakeSecretStore();
    secrets.keys = () => Promise.resolve(['latchkey.session.ghost']);
    assert.deepEqual(await new SessionStore(secrets, log).loadAll(), []);
    assert.deepEqual(log.lines, []);
  });

  suite('what is known without reading', () => {
    const key = 'latchkey.session.s';
    const stored = (generation: number): string => encodeRecord(recordWith('s', { generation }));

    test('is what was read last, until the store reports a change, whoever made it', async () => {
      const secrets = new FakeSecretStore(new Map([[key, stored(1)]]));
      const store = new SessionStore(secrets, new MemoryLog());
      assert.equal(store.known('s'), undefined);
      await store.load('s');
      assert.equal(store.known('s')?.generation, 1);
      secrets.receive(key, stored(2));
      assert.equal(store.known('s'), undefined);
      await store.load('s');
      await store.save(recordWith('s', { generation: 3 }), { keep: true });
      assert.equal(store.known('s'), undefined);
      assert.equal((await store.load('s'))?.generation, 3);
      await store.remove('s');
      assert.equal(store.known('s'), undefined);
    });

    test('is nothing that was on its way when a change came', async () => {
      const secrets = new FakeSecretStore(new Map([[key, stored(1)]]));
      const store = new SessionStore(secrets, new MemoryLog());
      const get = secrets.get.bind(secrets);
      secrets.get = async (name) => {
        const old = await get(name);
        secrets.receive(key, stored(2));
        return old;
      };
      assert.equal((await store.load('s'))?.generation, 1);
      assert.equal(store.known('s'), undefined);
    });

    test('is nothing that lives in memory only, nor what a listing shows to be gone', async () => {
      const secrets = new FakeSecretStore(new Map([[key, stored(1)]]));
      const store = new SessionStore(secrets, new MemoryLog());
      await store.load('s');
      secrets.failing.add('set');
      await assert.rejects(store.save(recordWith('s', { generation: 2 }), { keep: true }));
      assert.equal((await store.load('s'))?.generation, 2);
      assert.equal(store.known('s'), undefined);
      secrets.failing.clear();
      await store.save(recordWith('s', { generation: 2 }), { keep: true });
      await store.load('s');
      secrets.lose(key);
      await store.loadAll();
      assert.equal(store.known('s'), undefined);
    });
  });

  test('a store that fails has no sessions for now, and is asked again', async () => {
    const log = new MemoryLog();
    const secrets = new FakeSecretStore(new Map([['latchkey.session.s', encodeRecord(recordWith('s'))]]));
    const catalog = new SessionCatalog(new SessionStore(secrets, log), log);
    secrets.failing.add('keys');
    assert.deepEqual(await catalog.list(), []);
    secrets.failing.clear();
    assert.equal((await catalog.list()).length, 1);
  });

  test('changes are reported once, whoever made them, and not when nothing changed', async () => {
    const log = new MemoryLog();
    const secrets = new FakeSecretStore();
    const catalog = new SessionCatalog(new SessionStore(secrets, log), log);
    await catalog.list();
    const seen: string[] = [];
    let next: () => void = () => undefined;
    catalog.onDidChange((change) => {
      const ids = (kind: 'added' | 'removed' | 'changed'): string =>
        change[kind].map(({ id }) => `${kind} ${id}`).join();
      seen.push([ids('added'), ids('removed'), ids('changed')].join(''));
      next();
    });
    const receive = async (value: string | undefined): Promise<void> => {
      const change = new Promise<void>((resolve) => {
        next = resolve;
      });
      secrets.receive('latchkey.session.s', value);
      await change;
    };
    await receive(encodeRecord(recordWith('s')));
    await receive(encodeRecord(recordWith('s', { scopes: ['more'] })));
    secrets.receive('latchkey.session.s', encodeRecord(recordWith('s', { scopes: ['more'], generation: 2 })));
    secrets.receive('latchkey.handover.x', 'y');
    await catalog.reload();
    await receive(undefined);
    assert.deepEqual(seen, ['added s', 'changed s', 'removed s']);
    catalog.dispose();
  });
});
