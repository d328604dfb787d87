import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import test, { type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect, promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startTransport } from '../../helpers/localServers';
import { present } from '../../helpers/present';
import { answering, compressedFrame } from '../../helpers/socketFrames';

const MB = 1024 * 1024;

/** Set in the process that this test has for itself: what others hold there would count. */
const alone = 'LATCHKEY_TEST_ALONE';

/** Bytes of buffers that somebody holds. */
function heldBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().arrayBuffers;
}

/**
 * Held bytes once there are that many and they have come to rest. More than one collection, as the buffers that one
 * of them frees are counted until the next.
 */
async function restingBytes(atLeast = 0): Promise<number> {
  let held = -1;
  for (let same = 0; same < 5;) {
    const now = heldBytes();
    same = now === held && now >= atLeast ? same + 1 : 0;
    held = now;
    await delay(200);
  }
  return held;
}

const title = 'many small bombs at once stay with the server while nobody takes what is in them';

if (process.env[alone] === undefined) {
  test(title, { timeout: 60_000 }, async () => {
    const env: NodeJS.ProcessEnv = { ...process.env, [alone]: '1' };
    delete env['NODE_TEST_CONTEXT'];
    const run = promisify(execFile)(process.execPath, [__filename], { env, timeout: 50_000 });
    // What it printed says which test failed in it.
    await run.catch((error: unknown) => assert.fail(inspect(error)));
  });
} else test(title, bombs);

async function bombs(t: TestContext): Promise<void> {
  const count = 60;
  const bomb = compressedFrame(Buffer.alloc(8 * MB));
  assert.ok(bomb.length < 10_000);
  const server = await answering(t, 'permessage-deflate', Buffer.concat(Array.from({ length: count }, () => bomb)));
  const before = await restingBytes();
  const { channel } = await startTransport(t).send(
    { method: 'GET', url: server.origin, headers: [], upgrade: 'websocket' },
    new AbortController().signal,
  );
  const held = (await restingBytes(before + 8 * MB)) - before;
  t.diagnostic(`${Math.round(held / MB)} MB of ${count * 8}`);
  assert.ok(held < 48 * MB, `${held / MB} MB`);
  let messages = 0;
  for await (const { data } of present(channel, 'the socket').messages) {
    assert.equal(data.length, 8 * MB);
    if (++messages === count) break;
  }
  assert.equal(messages, count);
}
