import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { KillStep } from '../helpers/processes/killPoints';
import { KillScene } from '../helpers/processes/killScene';

const configuration = '/.well-known/openid-configuration';

/** Until the session is stored there is none; from then on it is whole. */
const steps: readonly (readonly [KillStep, sessions: 0 | 1])[] = [
  [`asking ${configuration}`, 0],
  [`read ${configuration}`, 0],
  ['browser opened', 0],
  ['asking /token', 0],
  ['answered /token', 0],
  ['read /token', 0],
  ['lock wanted', 0],
  ['lock held', 0],
  ['before the fence', 0],
  ['after the fence', 0],
  ['before storing', 0],
  ['after storing', 1],
  ['before releasing', 1],
  ['released', 1],
];

suite('a process that is killed while it signs in', { concurrency: 4 }, () => {
  let scene: KillScene;
  before(async () => {
    scene = await KillScene.start();
  });
  after(() => scene[Symbol.asyncDispose]());

  for (const [index, [step, expected]] of steps.entries()) {
    test(`at "${step}": ${expected === 0 ? 'nothing is left' : 'the session is whole'}, and the next sign-in works`, async () => {
      const account = `new-${index}`;
      await scene.killSignIn(account, step);
      if (expected === 1) await scene.waitForSession(account);
      const left = await scene.sessionsOf(account);
      assert.equal(left.length, expected);
      for (const { id } of left) await scene.assertGoesOn(id);
      const id = await scene.signIn(account);
      await scene.assertGoesOn(id);
    });
  }

  for (const [index, [step]] of steps.filter(([, sessions], at) => sessions === 1 || at > 5).entries()) {
    test(`again, at "${step}": the session that was there goes on`, async () => {
      const account = `again-${index}`;
      const id = await scene.signIn(account);
      await scene.killSignIn(account, step);
      await scene.assertGoesOn(id);
      assert.deepEqual(
        (await scene.sessionsOf(account)).map((session) => [session.id, session.state]),
        [[id, 'active']],
      );
    });
  }
});
