import { constants, type Stats } from 'node:fs';
import { open, realpath, stat, type FileHandle } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LatchkeyError } from '../core/errors';
import { isForbidden, workspacePath } from '../core/files/workspacePath';
import type { FileContents, FileGlances, FileHead, Files, FileStreams } from '../core/ports';
import { readHead } from './readHead';

/** Bytes; keys and chains of certificates are far smaller. */
const sizeLimit = 256 * 1024;

/** Bytes that are read at a time. */
const pieceSize = 64 * 1024;

/** Files of workspace folders on this machine's disk. Links are followed, and must end inside the folder. */
export const workspaceFiles: Files = {
  async read(folder, path) {
    const file = await openFile(folder, path);
    try {
      const { bytes, isWhole } = await headOf(file, path, sizeLimit);
      if (!isWhole) throw new LatchkeyError('file.tooLarge', { file: path, bytes: sizeLimit });
      return bytes;
    } finally {
      await file.close();
    }
  },
};

/** The same files, looked at. */
export const workspaceFileGlances: FileGlances = {
  async stamp(folder, path) {
    if (!folder.startsWith('file:')) return undefined;
    const { stats } = await placeOf(fileURLToPath(folder), path);
    const { dev, ino, size, mtimeMs, ctimeMs } = stats;
    return [dev, ino, size, mtimeMs, ctimeMs].join(' ');
  },
  async head(folder, path, most) {
    const file = await openFile(folder, path);
    try {
      return await headOf(file, path, most);
    } catch (error) {
      throw unreadable(error, path);
    } finally {
      await file.close();
    }
  },
};

/** The same files, read piece by piece. */
export const workspaceFileStreams: FileStreams = {
  async *open(folder, path) {
    const file = await openFile(folder, path);
    try {
      requireFile(await file.stat(), path);
      for (;;) {
        // A new one each time: whoever reads may keep it.
        const { bytesRead, buffer } = await file.read(new Uint8Array(pieceSize), 0, pieceSize);
        if (bytesRead === 0) return;
        yield buffer.subarray(0, bytesRead);
      }
    } catch (error) {
      throw unreadable(error, path);
    } finally {
      await file.close();
    }
  },
};

/** The same files, as bodies are sent from them. */
export const workspaceFileContents: FileContents = {
  async content(folder, path) {
    const file = await openFile(folder, path);
    try {
      const { size } = requireFile(await file.stat(), path);
      return { size, stream: () => pieces(folder, path, size) };
    } finally {
      await file.close();
    }
  },
};

async function openFile(folder: string, path: string): Promise<FileHandle> {
  if (!folder.startsWith('file:')) throw new LatchkeyError('file.notLocal', { file: path });
  const { place } = await placeOf(fileURLToPath(folder), path);
  // Windows has no such flag; `undefined` counts as none.
  return open(place, constants.O_RDONLY | constants.O_NOFOLLOW).catch((error: unknown) => {
    throw unreadable(error, path);
  });
}

/** Throws where reading a file is out of the question: it, or what a link makes of it, is outside of the folder. */
export async function requireInside(folder: string, path: string): Promise<void> {
  if (folder.startsWith('file:')) await placeOf(fileURLToPath(folder), path);
}

/** What a file holds, which has to be as much as before: its length has been told to the server. */
async function* pieces(folder: string, path: string, size: number): AsyncGenerator<Uint8Array, void, undefined> {
  const file = await openFile(folder, path);
  try {
    // New ones for each piece would be garbage faster than it is collected, and by then far more than a file needs.
    const buffers = Array.from({ length: 4 }, () => new Uint8Array(pieceSize));
    for (let at = 0, turn = 0; at < size; turn++) {
      const buffer = buffers[turn % buffers.length] ?? new Uint8Array(pieceSize);
      const { bytesRead } = await file.read(buffer, 0, pieceSize);
      at += bytesRead;
      // Before its last bytes leave, the server cannot take it for whole.
      const isWhole = at < size || (await file.stat()).size === size;
      if (bytesRead === 0 || !isWhole) throw new LatchkeyError('file.changed', { file: path });
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    throw unreadable(error, path);
  } finally {
    await file.close();
  }
}

interface Placed {
  readonly place: string;
  readonly stats: Stats;
}

/** The file itself, with every link on the way followed. */
async function placeOf(folder: string, path: string): Promise<Placed> {
  const inside = workspacePath('', path);
  try {
    const top = await realpath(folder);
    const found = await realpath(resolve(top, inside));
    const parts = relative(top, found).split(sep);
    if (parts[0] === '..' || resolve(top, parts.join(sep)) !== found)
      throw new LatchkeyError('file.outside', { file: path });
    if (isForbidden(parts)) throw new LatchkeyError('file.forbidden', { file: path });
    // Asked before it is opened: opening a pipe waits for somebody to write.
    return { place: found, stats: requireFile(await stat(found), path) };
  } catch (error) {
    throw unreadable(error, path);
  }
}

async function headOf(file: FileHandle, path: string, most: number): Promise<FileHead> {
  requireFile(await file.stat(), path);
  return readHead(file, most);
}

function requireFile(stats: Stats, path: string): Stats {
  if (!stats.isFile()) throw new LatchkeyError('file.unreadable', { file: path, reason: 'it is no file' });
  return stats;
}

function unreadable(error: unknown, path: string): Error {
  if (error instanceof LatchkeyError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new LatchkeyError('file.notFound', { file: path });
  return new LatchkeyError('file.unreadable', { file: path, reason: code ?? 'unknown reason' }, { cause: error });
}
