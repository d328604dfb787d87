import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { runSteps, type Step, type StepOutcome } from '../../../src/vscode/platform/steps';

/** A step that does what the script says, one word per visit. */
function scripted(name: string, ...script: readonly ('done' | 'skipped' | 'back' | 'cancelled')[]): Step<string> {
  const left = [...script];
  return (draft, { canGoBack }) => {
    const kind = left.shift();
    assert.ok(kind, `${name} is asked once more than expected`);
    if (kind === 'back') assert.ok(canGoBack, name);
    const outcome: StepOutcome<string> =
      kind === 'done' || kind === 'skipped' ? { kind, draft: `${draft}${name}` } : { kind };
    return Promise.resolve(outcome);
  };
}

suite('runSteps', () => {
  test('gathers what each step gives', async () => {
    assert.equal(await runSteps('', [scripted('a', 'done'), scripted('b', 'skipped'), scripted('c', 'done')]), 'abc');
  });

  test('goes back to the last step that asked something, and forgets what came after', async () => {
    const steps = [scripted('a', 'done', 'done'), scripted('b', 'skipped', 'skipped'), scripted('c', 'back', 'done')];
    assert.equal(await runSteps('', steps), 'abc');
  });

  test('goes back twice', async () => {
    const steps = [scripted('a', 'done', 'done'), scripted('b', 'done', 'back', 'done'), scripted('c', 'back', 'done')];
    assert.equal(await runSteps('', steps), 'abc');
  });

  test('there is nothing to go back to before something was asked', async () => {
    const first: Step<string> = (_draft, { canGoBack, number, total }) => {
      assert.deepEqual([canGoBack, number, total], [false, 1, 1]);
      return Promise.resolve({ kind: 'cancelled' });
    };
    assert.equal(await runSteps('', [first]), undefined);
  });
});
