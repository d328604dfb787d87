import { open, readFile, stat } from 'node:fs/promises';

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
    const bytes = new Uint8Array(most);
    let size = 0;
    while (size < most) {
      const { bytesRead } = await file.read(bytes, size, most - size);
      if (bytesRead === 0) break;
      size += bytesRead;
    }
    return bytes.subarray(0, size);
  } finally {
    await file.close();
  }
}
