/** Names that `auth` reads otherwise. */
const reserved: readonly string[] = ['none', 'auto'];

/** A name for a connection to a host: letters, digits and dashes, with a number when it is taken. */
export function freeName(host: string, taken: Iterable<string>): string {
  const base =
    host
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'api';
  const used = new Set([...taken, ...reserved]);
  let name = base;
  for (let number = 2; used.has(name); number++) name = `${base}-${number}`;
  return name;
}
