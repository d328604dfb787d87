import { setTimeout as delay } from 'node:timers/promises';

const tickMs = 5;
const tolerableLateMs = 3;
const quietTicks = 40;
const patienceMs = 60_000;

/** A window that just opened activates VS Code's own extensions; their turn is over when timers come on time for a while. */
export async function hostIsIdle(): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (let quiet = 0; quiet < quietTicks;) {
    const begin = performance.now();
    if (begin > deadline)
      throw new Error('The extension host did not come to rest: the machine is too busy to measure.');
    await delay(tickMs);
    quiet = performance.now() - begin < tickMs + tolerableLateMs ? quiet + 1 : 0;
  }
}
