import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { accountId, identityOf, uniqueLabel } from '../../../../src/core/oauth/account';

const nobody = { subject: undefined, name: undefined, loginHint: undefined };

suite('accounts', () => {
  test('the ID token is believed before userinfo, and userinfo of another subject not at all [#userinfo]', () => {
    const idToken = { sub: 'u1', name: 'Alice' };
    assert.deepEqual(identityOf(idToken, { sub: 'u1', email: 'alice@acme.dev', name: 'Mallory' }), {
      subject: 'u1',
      name: 'alice@acme.dev',
      loginHint: 'alice@acme.dev',
    });
    assert.deepEqual(identityOf(idToken, { sub: 'u2', email: 'mallory@acme.dev' }), {
      subject: 'u1',
      name: 'Alice',
      loginHint: undefined,
    });
    assert.equal(identityOf(idToken, { email: 'mallory@acme.dev' }).name, 'Alice');
  });

  test('servers without OpenID name a user in their own ways', () => {
    assert.deepEqual(identityOf(undefined, { id: 583231, login: 'octocat' }), {
      subject: '583231',
      name: 'octocat',
      loginHint: 'octocat',
    });
    assert.deepEqual(identityOf(undefined, { email: '', username: null, name: 'A B' }).name, 'A B');
    assert.deepEqual(identityOf(undefined, undefined), nobody);
  });

  test('ids are the same for the same subject at the same server only', async () => {
    assert.equal(await accountId('https://a', 'u'), await accountId('https://a', 'u'));
    assert.notEqual(await accountId('https://a', 'u'), await accountId('https://b', 'u'));
    assert.notEqual(await accountId('https://a', 'u'), await accountId('https://a', 'v'));
    assert.doesNotMatch(await accountId('https://a', 'alice@acme.dev'), /alice/);
  });

  test('labels are unique, because the editor keys accounts by them', () => {
    const alice = { subject: 'u1', name: 'alice@acme.dev', loginHint: undefined };
    const label = (id: string, others: readonly { id: string; label: string }[]): string =>
      uniqueLabel(id, alice, 'Acme', 'login.acme.dev', others);
    const first = { id: '1', label: label('1', []) };
    const second = { id: '2', label: label('2', [first]) };
    const third = { id: '3', label: label('3', [first, second]) };
    const fourth = { id: '4', label: label('4', [first, second, third]) };
    assert.deepEqual(
      [first, second, third, fourth].map((account) => account.label),
      [
        'alice@acme.dev · Acme',
        'alice@acme.dev · Acme (login.acme.dev)',
        'alice@acme.dev · Acme (login.acme.dev, 2)',
        'alice@acme.dev · Acme (login.acme.dev, 3)',
      ],
    );
    assert.equal(label('1', [first, second]), first.label, 'the same account keeps its label');
    assert.equal(uniqueLabel('9', nobody, 'GitHub', 'github.com', []), 'GitHub');
  });

  test('a hostile name is disarmed', () => {
    const mallory = { subject: 'u', name: `[x](command:y)\n${'z'.repeat(500)}`, loginHint: undefined };
    const label = uniqueLabel('1', mallory, 'Acme', 'h', []);
    assert.match(label, /^\[x\] \(command :y\) z+/);
    assert.ok(label.length < 120);
  });
});
