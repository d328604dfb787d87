import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import * as path from 'node:path';
import type { HistoryFiles } from '../core/history/historyFiles';

/** The files of a history in a folder on this machine's disk, for nobody but this user. */
export class DiskHistory implements HistoryFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly string[]> {
    try {
      return await readdir(this.#folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  async size(name: string): Promise<number> {
    return (await stat(this.#path(name))).size;
  }

  async read(name: string, most = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    const file = await open(this.#path(name), 'r');
    try {
      const { size } = await file.stat();
      const bytes = new Uint8Array(Math.min(size, most));
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      await file.close();
    }
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const place = this.#path(name);
    const file = await this.#create(place);
    try {
      await file.writeFile(bytes);
    } catch (error) {
      // Half a file is of no use, least of all on a disk that is full.
      await rm(place, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  }

  async delete(name: string): Promise<void> {
    await rm(this.#path(name), { force: true });
  }

  /** Not there before, so that no link leads somewhere else. */
  async #create(file: string): Promise<FileHandle> {
    try {
      return await open(file, 'wx', 0o600);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    return open(file, 'wx', 0o600);
  }

  /** Names come from ids that were stored elsewhere, too. */
  #path(name: string): string {
    if (!/^[\w.-]+$/.test(name) || name.startsWith('.')) throw new Error('This is not the name of a history file.');
    return path.join(this.#folder, name);
  }
}
