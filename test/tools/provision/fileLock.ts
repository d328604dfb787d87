import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 250;
const heartbeatMs = 5_000;
/** A holder that has not touched its lock for so long is gone, whoever has its process id now. */
const staleMs = 60_000;

/**
 * Runs `work` while holding `file` as a lock between processes of this machine. A lock whose owner has died is taken over.
 * @param onWait called once when another process holds the lock
 */
export async function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  onWait: (owner: number) => void,
): Promise<T> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await acquire(file, onWait);
  const heartbeat = setInterval(() => void touch(file), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await fs.rm(file, { force: true });
  }
}

async function acquire(file: string, onWait: (owner: number) => void): Promise<void> {
  let told = false;
  while (!(await tryCreate(file))) {
    const owner = await readOwner(file);
    if (owner !== undefined && (!isAlive(owner) || (await isStale(file)))) {
      await removeIfOwnedBy(file, owner);
      continue;
    }
    if (!told && owner !== undefined) {
      told = true;
      onWait(owner);
    }
    await delay(pollMs);
  }
}

async function tryCreate(file: string): Promise<boolean> {
  // The pid is written under another name first and linked: nobody ever sees a lock without its owner.
  const mine = `${file}.${process.pid}`;
  await fs.writeFile(mine, String(process.pid));
  try {
    await fs.link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await fs.rm(mine, { force: true });
  }
}

async function readOwner(file: string): Promise<number | undefined> {
  try {
    return Number(await fs.readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

async function touch(file: string): Promise<void> {
  const now = new Date();
  // Missed beats are forgiven: only a whole minute of them counts.
  await fs.utimes(file, now, now).catch(() => undefined);
}

async function isStale(file: string): Promise<boolean> {
  try {
    return Date.now() - (await fs.stat(file)).mtimeMs > staleMs;
  } catch {
    return false;
  }
}

/** Renamed away before it is deleted: of two processes that find the same dead owner only one succeeds. */
async function removeIfOwnedBy(file: string, owner: number): Promise<void> {
  const aside = `${file}.stale.${process.pid}`;
  try {
    await fs.rename(file, aside);
  } catch {
    return;
  }
  if ((await readOwner(aside)) === owner) await fs.rm(aside, { force: true });
  else await fs.rename(aside, file);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
