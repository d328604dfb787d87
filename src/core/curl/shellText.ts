import type { Sensitive } from '../secret';

/** How the pieces of a text are written: what is not to be seen becomes a variable. */
export type PartsOf = (value: Sensitive) => readonly ShellPart[];

/** A piece of a word: text that means itself, or a variable of the shell. */
export type ShellPart = string | { readonly variable: string };

/** A word that a POSIX shell takes apart into just these pieces. A text cannot hold NUL, which no argument can. */
export function shellWord(parts: readonly ShellPart[]): string {
  const merged = mergedParts(parts);
  if (merged.length === 0) return "''";
  if (merged.every((part) => typeof part === 'object' || /^[^"$`\\!\n]*$/.test(part))) return doubleQuoted(merged);
  return merged.map((part) => (typeof part === 'string' ? quoted(part) : `"$${part.variable}"`)).join('');
}

/** Reads best where variables are within words; a text alone keeps to the simplest form. */
function doubleQuoted(parts: readonly ShellPart[]): string {
  const [only] = parts;
  if (parts.length === 1 && typeof only === 'string') return quoted(only);
  const pieces = parts.map((part, index) => {
    if (typeof part === 'string') return part;
    const next = parts[index + 1];
    const isJoined = typeof next === 'string' && /^\w/.test(next);
    return isJoined ? `\${${part.variable}}` : `$${part.variable}`;
  });
  return `"${pieces.join('')}"`;
}

function quoted(text: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function mergedParts(parts: readonly ShellPart[]): readonly ShellPart[] {
  const merged: ShellPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
  }
  return merged;
}

/** A command that prints the bytes (POSIX printf), for what no argument can hold. */
export function printCommand(bytes: Uint8Array): string {
  const format = Array.from(bytes, (byte) =>
    /[A-Za-z0-9 _.,:;/{}()[\]=+@"-]/.test(String.fromCharCode(byte))
      ? String.fromCharCode(byte)
      : `\\${byte.toString(8).padStart(3, '0')}`,
  );
  // What begins with a dash would be taken for an option.
  return `printf ${format[0] === '-' ? '-- ' : ''}'${format.join('')}'`;
}
