import * as fs from 'node:fs/promises';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { cacheFolder } from './cacheFolder';
import { withFileLock } from './fileLock';
import type { Progress } from './progress';

/**
 * The folder `name` of the cache, made by `fill` when it is not there. What exists under that name is complete: `fill` works
 * on a temporary folder that is renamed at the end, and two processes never fill the same name at once.
 */
export async function cachedFolder(
  name: string,
  progress: Progress,
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const root = cacheFolder();
  const folder = path.join(root, name);
  if (existsSync(folder)) return folder;
  return withFileLock(
    path.join(root, `${name}.lock`),
    async () => {
      if (!existsSync(folder)) await fillAndRename(path.join(root, `.unfinished-${name}`), folder, fill);
      return folder;
    },
    (owner) => progress(`${name} is being prepared by another run (process ${owner}), waiting for it`),
  );
}

/** Only the holder of the lock is here, so what an interrupted run left under the temporary name may go. */
async function fillAndRename(
  temporary: string,
  folder: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  await fs.rm(temporary, { recursive: true, force: true });
  await fs.mkdir(temporary, { recursive: true });
  try {
    await fill(temporary);
    await fs.rename(temporary, folder);
  } catch (error) {
    await fs.rm(temporary, { recursive: true, force: true });
    throw error;
  }
}
