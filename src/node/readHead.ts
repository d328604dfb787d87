import type { FileHandle } from 'node:fs/promises';
import type { FileHead } from '../core/ports';

/** The beginning of a file, up to so many bytes. */
export async function readHead(file: FileHandle, most: number): Promise<FileHead> {
  // One more, which tells whether the file goes on.
  const buffer = new Uint8Array(most + 1);
  let size = 0;
  while (size < buffer.length) {
    const { bytesRead } = await file.read(buffer, size, buffer.length - size);
    if (bytesRead === 0) return { bytes: buffer.slice(0, size), isWhole: true };
    size += bytesRead;
  }
  return { bytes: buffer.slice(0, most), isWhole: false };
}
