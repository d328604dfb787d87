import { mkdir, open, readdir, rm, unlink, type FileHandle } from 'node:fs/promises';
import { unlinkSync } from 'node:fs';
import * as path from 'node:path';
import { LatchkeyError } from '../core/errors';
import type { Random, Spool, SpoolFile } from '../core/ports';

/** Pieces are gathered up to this size, so that a fast server does not cost a write for each. */
const BATCH = 1024 * 1024;
const PREFIX = 'body-';

/**
 * Bodies as files that only this user can read. They are deleted when nobody needs them, when the window closes, and
 * what a crash has left behind at the next start.
 */
export class FileSpool implements Spool {
  readonly #folder: string;
  readonly #random: Random;
  readonly #files = new Set<DiskFile>();
  #ready: Promise<void> | undefined;
  /** What earlier processes have left behind is gone. */
  #isSwept = false;

  /** @param folder is for this alone; each process has a subfolder of its own in it. */
  constructor(folder: string, random: Random) {
    this.#folder = path.join(folder, String(process.pid));
    this.#random = random;
  }

  async create(): Promise<SpoolFile> {
    try {
      await (this.#ready ??= this.#prepare());
      const name = PREFIX + Buffer.from(this.#random.bytes(12)).toString('hex');
      const file = path.join(this.#folder, name);
      // Not there before, so that no link leads somewhere else; for nobody but this user.
      const handle = await open(file, 'wx+', 0o600);
      const created: DiskFile = new DiskFile(handle, file, () => this.#files.delete(created));
      this.#files.add(created);
      return created;
    } catch (error) {
      // Somebody may make room, or make the folder anew: the next body tries again.
      this.#ready = undefined;
      throw spoolError(error);
    }
  }

  dispose(): void {
    for (const file of this.#files) file.dispose();
  }

  async #prepare(): Promise<void> {
    if (!this.#isSwept) {
      await removeAbandoned(path.dirname(this.#folder));
      // The number of this process may have been another's, as it often has in a container that starts anew.
      await rm(this.#folder, { recursive: true, force: true });
      this.#isSwept = true;
    }
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
  }
}

class DiskFile implements SpoolFile {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #onDispose: () => void;
  #batch: Uint8Array[] = [];
  #batchBytes = 0;
  #size = 0;
  #writing = Promise.resolve();
  #isDisposed = false;

  constructor(handle: FileHandle, file: string, onDispose: () => void) {
    this.#handle = handle;
    this.path = file;
    this.#onDispose = onDispose;
  }

  get size(): number {
    return this.#size;
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#batch.push(bytes);
    this.#batchBytes += bytes.length;
    if (this.#batchBytes < BATCH) return;
    // The disk takes one batch while the next one arrives, and no more of them.
    const before = this.#writing;
    void this.flush();
    await before;
  }

  /** One batch after the other, whoever asks: where one goes depends on the one before. */
  flush(): Promise<void> {
    const writing = this.#writing.then(() => this.#writeBatch());
    this.#writing = writing;
    // After one that failed none is written, and whoever appends or flushes next is told.
    writing.catch(() => undefined);
    return writing;
  }

  async #writeBatch(): Promise<void> {
    const batch = this.#batch;
    const bytes = this.#batchBytes;
    if (bytes === 0) return;
    this.#batch = [];
    this.#batchBytes = 0;
    try {
      await writeAll(this.#handle, batch, this.#size);
    } catch (error) {
      throw spoolError(error);
    }
    this.#size += bytes;
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const from = Math.max(0, Math.min(start, this.#size));
    const bytes = new Uint8Array(Math.max(0, Math.min(end, this.#size) - from));
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await this.#handle.read(bytes, length, bytes.length - length, from + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#onDispose();
    this.#batch = [];
    // At once, because the process may be about to end.
    try {
      unlinkSync(this.path);
    } catch {
      // Where an open file cannot be deleted it is when it is closed, or at the next start.
    }
    void this.#handle.close().then(
      () => unlink(this.path).catch(() => undefined),
      () => undefined,
    );
  }
}

/** `writev` may write less than it was given. */
async function writeAll(handle: FileHandle, batch: readonly Uint8Array[], position: number): Promise<void> {
  let rest = [...batch];
  let at = position;
  while (rest.length > 0) {
    const { bytesWritten } = await handle.writev(rest, at);
    at += bytesWritten;
    rest = after(rest, bytesWritten);
  }
}

function after(batch: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  return batch.flatMap((piece) => {
    const skipped = Math.min(skip, piece.length);
    skip -= skipped;
    return skipped === piece.length ? [] : [piece.subarray(skipped)];
  });
}

/** What processes left behind that are no more. */
async function removeAbandoned(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const abandoned = names.filter((name) => /^\d+$/.test(name) && !isRunning(Number(name)));
  // Another user's cannot be deleted, which is no reason to have no file of one's own.
  await Promise.allSettled(abandoned.map((name) => rm(path.join(folder, name), { recursive: true, force: true })));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process, but a process.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function spoolError(error: unknown): LatchkeyError {
  const { code } = error as NodeJS.ErrnoException;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new LatchkeyError(
    isFull ? 'http.diskFull' : 'http.spoolFailed',
    { code: code ?? 'unknown' },
    { cause: error },
  );
}
