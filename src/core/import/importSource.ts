import { LatchkeyError } from '../errors';
import { readJsonInSlices } from '../json/readJson';
import type { JsonValue } from '../json/jsonValue';
import { Reporter } from '../request/reporter';
import { parseYaml } from '../request/yaml/parseYaml';
import { jsonOfYaml } from '../request/yaml/jsonOfYaml';

/** A file that is to be imported, read as far as that goes without knowing what it is. */
export interface ImportSource {
  /** With its ending, without its folder. */
  readonly fileName: string;
  /** The folders between the folder that is imported and the file; empty for a file by itself. */
  readonly folders: readonly string[];
  readonly text: string;
  /** What it says as JSON or YAML; `undefined` for other texts. */
  readonly tree: JsonValue | undefined;
}

/** Bytes of the largest file that is imported. */
export const MAX_IMPORT_BYTES = 50_000_000;

/**
 * Reads a file's text without holding up the event loop for long.
 * @param pause lets others have their turn; rejects when the import was cancelled.
 * @throws LatchkeyError `import.broken` when a file that must be JSON or YAML by its name is not.
 */
export async function importSource(
  fileName: string,
  text: string,
  pause: () => Promise<void>,
  folders: readonly string[] = [],
): Promise<ImportSource> {
  const clean = text.replace(/^\ufeff/, '');
  if (/^\s*[{[]/.test(clean)) {
    const read = await readJsonInSlices(clean, pause);
    if (read.ok) return { fileName, folders, text: clean, tree: read.value };
    if (/\.(?:json|har)$/i.test(fileName)) {
      throw new LatchkeyError('import.broken', { file: fileName, line: lineAt(clean, read.offset) });
    }
  }
  if (!/\.ya?ml$/i.test(fileName)) return { fileName, folders, text: clean, tree: undefined };
  const reporter = new Reporter();
  const root = parseYaml(clean, reporter);
  const [problem] = reporter.errorsSince(0);
  if (problem) throw new LatchkeyError('import.broken', { file: fileName, line: lineAt(clean, problem.range.start) });
  return { fileName, folders, text: clean, tree: jsonOfYaml(root) };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
