import * as fs from 'node:fs/promises';
import * as path from 'node:path';

/** Something that must not be found. */
export interface Canary {
  readonly kind: string;
  readonly value: string;
}

/** A place that was searched. */
export interface SearchedText {
  readonly place: string;
  readonly text: string;
}

/** Where canaries are, as they are, URL-encoded, in hexadecimal or in base64. Says which and where, never the value. */
export function findCanaries(canaries: readonly Canary[], texts: readonly SearchedText[]): readonly string[] {
  const wanted = canaries.flatMap(({ kind, value }) => forms(value).map((form) => ({ kind, ...form })));
  const found = texts.flatMap(({ place, text }) =>
    wanted.filter(({ text: form }) => text.includes(form)).map(({ kind, how }) => `${kind} (${how}) in ${place}`),
  );
  return [...new Set(found)];
}

/** Every file below `folder`, one character a byte. */
export async function filesBelow(folder: string): Promise<readonly SearchedText[]> {
  const entries = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map(readIfThere));
  return texts.filter((text) => text !== undefined);
}

/** A server at work replaces files while they are read. */
async function readIfThere(file: string): Promise<SearchedText | undefined> {
  try {
    return { place: file, text: await fs.readFile(file, 'latin1') };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function forms(value: string): readonly { readonly how: string; readonly text: string }[] {
  const bytes = Buffer.from(value);
  return [
    { how: 'plain', text: value },
    { how: 'URL-encoded', text: encodeURIComponent(value) },
    { how: 'hexadecimal', text: bytes.toString('hex') },
    ...[0, 1, 2].flatMap((shift) => base64Forms(bytes, shift)),
  ];
}

/** The digits that are the same whatever the `shift` bytes before and the bytes after are. */
function base64Forms(bytes: Buffer, shift: number): readonly { readonly how: string; readonly text: string }[] {
  const shifted = Buffer.concat([Buffer.alloc(shift), bytes]);
  const from = Math.ceil((shift * 8) / 6);
  const to = Math.floor((shifted.length * 8) / 6);
  return (['base64', 'base64url'] as const).map((how) => ({ how, text: shifted.toString(how).slice(from, to) }));
}
