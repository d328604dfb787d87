import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isMap, isScalar, parseDocument } from 'yaml';
import type { PlaygroundAddresses, PlaygroundPorts } from './playground';

/** The file whose addresses follow the playground. */
const projectFile = 'latchkey.yaml';

/** Which variable of the project file holds which address. */
const variables = { login: 'issuer', api: 'api', elsewhere: 'otherOrigin' } as const satisfies Record<
  string,
  keyof PlaygroundAddresses
>;

/** What was done to the sample folder. */
export interface SampleReport {
  readonly folder: string;
  /** Names of the files that were missing and have been written. */
  readonly written: readonly string[];
}

/**
 * Writes the sample files that the folder lacks and brings the addresses in its project file up to date. Nothing
 * else that is there is touched, and an address that does not lead to this machine is the user's and stays.
 */
export async function writeSample(
  source: string,
  folder: string,
  addresses: PlaygroundAddresses,
): Promise<SampleReport> {
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  for (const name of (await readdir(source)).sort()) {
    if (await writeMissing(path.join(folder, name), await readFile(path.join(source, name), 'utf8')))
      written.push(name);
  }
  const file = path.join(folder, projectFile);
  const before = await readFile(file, 'utf8');
  const after = withAddresses(before, addresses);
  if (after !== before) await writeFile(file, after);
  return { folder, written };
}

/** The ports that the folder's project file names, so that a restart does not move a sign-in's issuer. */
export async function rememberedPorts(source: string, folder: string): Promise<PlaygroundPorts> {
  const text = await readFile(path.join(folder, projectFile), 'utf8').catch(() =>
    readFile(path.join(source, projectFile), 'utf8'),
  );
  const ports = new Map(addressesIn(text).map(({ variable, url }) => [variable, Number(url.port)]));
  return { auth: ports.get('login'), api: ports.get('api'), other: ports.get('elsewhere') };
}

/** The project file's text with the playground's addresses; every other byte stays. */
export function withAddresses(text: string, addresses: PlaygroundAddresses): string {
  return addressesIn(text).reduceRight(
    (result, { variable, start, end }) => result.slice(0, start) + addresses[variables[variable]] + result.slice(end),
    text,
  );
}

interface Address {
  readonly variable: keyof typeof variables;
  readonly url: URL;
  readonly start: number;
  readonly end: number;
}

/** The variables that hold an address on this machine, in the order in which they stand in the text. */
function addressesIn(text: string): readonly Address[] {
  const map = parseDocument(text).get('variables');
  if (!isMap(map)) return [];
  return Object.keys(variables)
    .flatMap((variable): readonly Address[] => {
      const node = map.get(variable, true);
      if (!isScalar(node) || typeof node.value !== 'string' || !Array.isArray(node.range)) return [];
      const url = URL.canParse(node.value) ? new URL(node.value) : undefined;
      if (url === undefined || url.port === '' || !isOwnAddress(url)) return [];
      return [{ variable: variable as keyof typeof variables, url, start: node.range[0], end: node.range[1] }];
    })
    .sort((a, b) => a.start - b.start);
}

function isOwnAddress({ hostname }: URL): boolean {
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname.endsWith('.localhost');
}

async function writeMissing(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
