import assert from 'node:assert/strict';
import test from 'node:test';
import { deferred } from '../../../helpers/deferred';
import { OpenQuestions } from '../../../../src/vscode/platform/openQuestions';
import { SendProgress, type Progress } from '../../../../src/vscode/runner/sendProgress';

function started(): { questions: OpenQuestions; progress: SendProgress; told: Progress[] } {
  const questions = new OpenQuestions();
  const told: Progress[] = [];
  return { questions, progress: new SendProgress(questions, (now) => told.push(now)), told };
}

const asking = { isAsking: true, note: undefined };
const going = { isAsking: false, note: undefined };

void test('a send waits for the user while a question is open', async () => {
  const { questions, told } = started();
  const answer = deferred();
  const asked = questions.during(() => answer.promise.then(() => true));
  assert.deepEqual(told, [asking]);
  answer.resolve();
  assert.equal(await asked, true);
  assert.deepEqual(told, [asking, going]);
});

void test('several questions at once are over with the last answer, a refused or failed one included', async () => {
  const { questions, told } = started();
  const answer = deferred();
  const asked = questions.during(() => answer.promise);
  const closed = questions.during(() => Promise.reject(new Error('closed')));
  await assert.rejects(closed, /closed/);
  assert.deepEqual(told, [asking]);
  answer.resolve();
  await asked;
  assert.deepEqual(told.at(-1), going);
});

void test('a send that is on its way waits for the host, whatever else is asked', () => {
  const { questions, progress, told } = started();
  progress.leave();
  void questions.during(() => new Promise(() => undefined));
  assert.deepEqual(told, []);
  progress.prepare();
  assert.deepEqual(told, [asking], 'the next one of the same run waits again');
});

void test('notes are told with it, and nothing after the end', () => {
  const { questions, progress, told } = started();
  progress.note('login first');
  void questions.during(() => new Promise(() => undefined));
  assert.deepEqual(told, [
    { isAsking: false, note: 'login first' },
    { isAsking: true, note: 'login first' },
  ]);
  progress.dispose();
  void questions.during(() => new Promise(() => undefined));
  assert.equal(told.length, 2);
});
