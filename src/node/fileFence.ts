import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import type { Fence, Log } from '../core/ports';

/** A number in a file beside the lock. */
export function fileFence(path: string, place: string, log: Log): Fence {
  return {
    place,
    async read() {
      const text = await readFile(path, 'utf8').catch(() => '');
      const value = Number(text);
      return Number.isSafeInteger(value) && value > 0 ? value : 0;
    },
    async write(value) {
      try {
        if (value === 0) await rm(path, { force: true });
        else await replaceFile(path, String(value));
      } catch (error) {
        // What the fence protects is worth more than the fence: the token is stored all the same.
        log.error('The fence beside a lock cannot be written', error);
      }
    },
  };
}

/** Whole or not at all: a crash in between must not leave half a number. */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
