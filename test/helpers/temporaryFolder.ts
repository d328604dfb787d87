import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** A fresh folder, optionally a copy of `template`, removed when disposed. Symbolic links in its own path are resolved. */
export async function temporaryFolder(name: string, template?: string): Promise<TemporaryFolder> {
  const folder = await fs.realpath(await fs.mkdtemp(path.join(os.tmpdir(), `latchkey-${name}-`)));
  if (template !== undefined) await fs.cp(template, folder, { recursive: true });
  return {
    path: folder,
    // A server that is just ending may still write; node retries for a moment.
    [Symbol.asyncDispose]: () => fs.rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}
