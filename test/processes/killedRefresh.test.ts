import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { KillStep } from '../helpers/processes/killPoints';
import { KillScene } from '../helpers/processes/killScene';

/** What another window finds after the process was killed at the step. */
const steps: readonly (readonly [KillStep, 'goes on' | 'sign in again'])[] = [
  ['lock wanted', 'goes on'],
  ['lock held', 'goes on'],
  ['session read', 'goes on'],
  ['asking /token', 'goes on'],
  // From here on the server has replaced the refresh token, and only the dead process had the new one.
  ['answered /token', 'sign in again'],
  ['read /token', 'sign in again'],
  ['before the fence', 'sign in again'],
  ['after the fence', 'sign in again'],
  ['before storing', 'sign in again'],
  ['after storing', 'goes on'],
  ['before releasing', 'goes on'],
  ['released', 'goes on'],
];

suite('a process that is killed while it refreshes', { concurrency: 4 }, () => {
  let scene: KillScene;
  before(async () => {
    scene = await KillScene.start();
  });
  after(() => scene[Symbol.asyncDispose]());

  for (const [index, [step, then]] of steps.entries()) {
    test(`at "${step}": another window ${then === 'goes on' ? then : `says "${then}", once`}`, async () => {
      const account = `refresh-${index}`;
      const id = await scene.signIn(account);
      await scene.killRefresh(id, step);
      if (then === 'goes on') {
        await scene.assertGoesOn(id);
        return;
      }
      await scene.assertSignInAgain(id);
      const left = await scene.sessionsOf(account);
      assert.deepEqual(
        left.map((session) => [session.id, session.state]),
        [[id, 'signInAgain']],
        'the account stays',
      );
      assert.equal(await scene.signIn(account), id);
      await scene.assertGoesOn(id);
    });
  }
});
