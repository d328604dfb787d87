import { open, readFile, stat } from 'node:fs/promises';
import { readHead } from './readHead';

/**
 * The bytes of a file; `undefined` when there is none.
 * @param most bytes that are read; what a file has beyond is left out.
 * @throws whatever else keeps it from being read. That it is no file is among it: a pipe waits for somebody to write,
 * and a device may have no end.
 */
export async function readDisk(path: string, most: number): Promise<Uint8Array | undefined> {
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw new Error(`${path} is no file`);
    return await (stats.size > most ? readBeginning(path, most) : readFile(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function readBeginning(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    return (await readHead(file, most)).bytes;
  } finally {
    await file.close();
  }
}
