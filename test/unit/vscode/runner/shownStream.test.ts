import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MASK, Secret } from '../../../../src/core/secret';
import { StreamLog } from '../../../../src/core/stream/streamLog';
import type { HostMessage } from '../../../../src/shared/protocol';
import { ShownStream } from '../../../../src/vscode/runner/shownStream';
import { answered } from '../../../helpers/examining';

void test('a secret of any length is masked in the row of its event, wherever it begins', () => {
  const token = `canary${'0123456789abcdef'.repeat(400)}`;
  const log = new StreamLog('lines', { now: () => 0 }, { stop: () => undefined });
  const begins = [0, 10, 390, 399];
  for (const at of begins)
    log.add({ type: undefined, id: undefined, data: `${'.'.repeat(at)}${token} and more`, size: 1 });
  const posted: HostMessage[] = [];
  const shown = new ShownStream(answered('', { secrets: [new Secret(token)] }), log, (message) => posted.push(message));
  shown.begin();
  shown.dispose();
  const [message] = posted;
  assert.ok(message?.type === 'streamRows');
  assert.deepEqual(
    message.rows.map(({ text }) => text),
    begins.map((at) => `${'.'.repeat(at)}${MASK} and more`.slice(0, 400)),
  );
});

void test('an event that holds little but secrets has as much of the rest in its row as any other', () => {
  const token = `canary${'0123456789abcdef'.repeat(400)}`;
  const log = new StreamLog('lines', { now: () => 0 }, { stop: () => undefined });
  log.add({ type: undefined, id: undefined, data: `${token} `.repeat(200), size: 1 });
  const posted: HostMessage[] = [];
  const shown = new ShownStream(answered('', { secrets: [new Secret(token)] }), log, (message) => posted.push(message));
  shown.begin();
  shown.dispose();
  const [message] = posted;
  assert.ok(message?.type === 'streamRows');
  assert.equal(message.rows[0]?.text, `${MASK} `.repeat(200).slice(0, 400));
});
