import assert from 'node:assert/strict';
import test from 'node:test';
import { createMemoryAdapter } from '../../../src/playground/server/memoryAdapter';

test('finds by id, uid and user code, within one model', async () => {
  const adapter = createMemoryAdapter();
  const sessions = adapter('Session');
  const codes = adapter('DeviceCode');
  await sessions.upsert('1', { uid: 'u' }, 60);
  await codes.upsert('1', { userCode: 'c' }, 60);
  assert.deepEqual(await sessions.find('1'), { uid: 'u' });
  assert.deepEqual(await sessions.findByUid('u'), { uid: 'u' });
  assert.deepEqual(await codes.findByUserCode('c'), { userCode: 'c' });
  assert.equal(await codes.findByUid('u'), undefined);
  assert.equal(await adapter('Grant').find('1'), undefined);
  await sessions.destroy('1');
  assert.equal(await sessions.find('1'), undefined);
});

test('forgets at expiry', async (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
  const codes = createMemoryAdapter()('AuthorizationCode');
  await codes.upsert('short', { grantId: 'g' }, 60);
  await codes.upsert('endless', { grantId: 'g' });
  context.mock.timers.tick(59_999);
  assert.ok(await codes.find('short'));
  context.mock.timers.tick(1);
  assert.equal(await codes.find('short'), undefined);
  assert.ok(await codes.find('endless'));
});

test('marks as consumed without losing anything', async () => {
  const tokens = createMemoryAdapter()('RefreshToken');
  await tokens.upsert('1', { grantId: 'g' }, 60);
  await tokens.consume('1');
  const payload = await tokens.find('1');
  assert.equal(payload?.grantId, 'g');
  assert.equal(typeof payload.consumed, 'number');
});

test('revokes what belongs to one grant', async () => {
  const tokens = createMemoryAdapter()('AccessToken');
  await tokens.upsert('1', { grantId: 'a' }, 60);
  await tokens.upsert('2', { grantId: 'b' }, 60);
  await tokens.revokeByGrantId('a');
  assert.equal(await tokens.find('1'), undefined);
  assert.ok(await tokens.find('2'));
});
