import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 50;

/**
 * Repeats `attempt` until it does not throw, and resolves with its value. For conditions that nothing announces.
 * @throws what the last attempt threw, once `timeoutMs` have passed
 */
export async function eventually<T>(attempt: () => T | Promise<T>, timeoutMs = 10_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await delay(pollMs);
  }
}
