import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { FileWriter } from '../core/ports';

/** Writes files piece by piece, whole or not at all: what was there stays until the new one is complete. */
export const fileWriter: FileWriter = {
  async write(path, pieces) {
    const draft = `${path}.${randomUUID().slice(0, 8)}.part`;
    try {
      const file = await open(draft, 'wx');
      try {
        for await (const piece of pieces) await file.writeFile(piece);
      } finally {
        await file.close();
      }
      await rename(draft, path);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  },
};
