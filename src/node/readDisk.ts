import { readFile } from 'node:fs/promises';

/**
 * The bytes of a file; `undefined` when there is none.
 * @throws whatever else keeps it from being read.
 */
export async function readDisk(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
