import * as vscode from 'vscode';
import { abortError, LatchkeyError } from '../../core/errors';
import { importSource, MAX_IMPORT_BYTES, type ImportSource } from '../../core/import/importSource';
import { shownSize } from '../../core/text/shownSize';

/** Files of a collection that is a folder; no such folder has more. */
const MOST_FILES = 5_000;
const MOST_LEVELS = 20;

/**
 * Reads the files that were chosen, and those beside them that belong to them.
 * @throws LatchkeyError `import.*`; AbortError.
 */
export async function importSources(
  uris: readonly vscode.Uri[],
  signal: AbortSignal,
): Promise<readonly ImportSource[]> {
  const sources: ImportSource[] = [];
  const read = new Set<string>();
  const budget = { bytes: MAX_IMPORT_BYTES };
  const add = async (uri: vscode.Uri, folders: readonly string[]): Promise<void> => {
    signal.throwIfAborted();
    if (read.has(uri.toString())) return;
    read.add(uri.toString());
    sources.push(await readSource(uri, folders, budget, signal));
  };
  for (const uri of uris) await add(uri, []);
  // Nothing but what was chosen is read in a folder that nobody trusts.
  if (!vscode.workspace.isTrusted) return sources;
  for (const uri of uris) for (const { uri: other, folders } of await companions(uri)) await add(other, folders);
  return sources;
}

async function readSource(
  uri: vscode.Uri,
  folders: readonly string[],
  budget: { bytes: number },
  signal: AbortSignal,
): Promise<ImportSource> {
  const file = uri.path.split('/').at(-1) ?? '';
  const bytes = await readBytes(uri, file, budget);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new LatchkeyError('import.notText', { file }, { cause });
  }
  const pause = (): Promise<void> =>
    new Promise((resolve, reject) => {
      setImmediate(() => {
        if (signal.aborted) reject(abortError());
        else resolve();
      });
    });
  return importSource(file, text, pause, folders);
}

async function readBytes(uri: vscode.Uri, file: string, budget: { bytes: number }): Promise<Uint8Array> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    budget.bytes -= size;
    if (budget.bytes >= 0) return await vscode.workspace.fs.readFile(uri);
    throw new LatchkeyError('import.tooBig', { file, size: shownSize(size), limit: shownSize(MAX_IMPORT_BYTES) });
  } catch (cause) {
    if (cause instanceof LatchkeyError) throw cause;
    throw new LatchkeyError('import.unreadable', { file }, { cause });
  }
}

interface Companion {
  readonly uri: vscode.Uri;
  readonly folders: readonly string[];
}

/** Environments beside `.http` files, and everything below the file of an OpenCollection. */
async function companions(uri: vscode.Uri): Promise<readonly Companion[]> {
  const folder = vscode.Uri.joinPath(uri, '..');
  if (/\.(?:http|rest)$/i.test(uri.path)) {
    const entries = await entriesOf(folder);
    const isEnvironment = ([name]: readonly [string, vscode.FileType]): boolean =>
      /^http-client\.(?:private\.)?env\.json$/i.test(name);
    return entries.filter(isEnvironment).map(([name]) => ({ uri: vscode.Uri.joinPath(folder, name), folders: [] }));
  }
  if (!/\/opencollection\.ya?ml$/i.test(uri.path)) return [];
  const found: Companion[] = [];
  await collect(folder, [], found);
  return found;
}

async function collect(folder: vscode.Uri, folders: readonly string[], found: Companion[]): Promise<void> {
  if (folders.length > MOST_LEVELS) return;
  for (const [name, type] of await entriesOf(folder)) {
    if (found.length >= MOST_FILES) return;
    const uri = vscode.Uri.joinPath(folder, name);
    // Links are left alone: they may lead anywhere.
    if (type === vscode.FileType.Directory && !name.startsWith('.') && name !== 'node_modules') {
      await collect(uri, [...folders, name], found);
    } else if (type === vscode.FileType.File && /\.ya?ml$/i.test(name) && !isOurs(name)) found.push({ uri, folders });
  }
}

function isOurs(name: string): boolean {
  return /\.http\.ya?ml$|^latchkey\.(?:local\.)?yaml$/i.test(name);
}

async function entriesOf(folder: vscode.Uri): Promise<readonly (readonly [string, vscode.FileType])[]> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    (all) => all,
    () => [],
  );
  return entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
