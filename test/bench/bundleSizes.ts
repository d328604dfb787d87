import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { repositoryRoot } from '../helpers/repository';
import type { Measurement } from '../tools/bench/measurement';

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly imports: readonly { path: string; kind: string }[] }>>;
}

const entry = 'dist/extension.js';

/** Sizes of what ships, as built last. */
export async function bundleSizes(): Promise<readonly Measurement[]> {
  const meta = JSON.parse(await fs.readFile(inRepository('out/extension.meta.json'), 'utf8')) as Metafile;
  const atActivation = staticClosure(meta, entry);
  const lazy = Object.keys(meta.outputs).filter((file) => file.endsWith('.js') && !atActivation.has(file));
  return [
    await size('loaded at activation', [...atActivation], 300),
    await size('loaded on first use', lazy),
    await size('webview', ['dist/webview/runner.js'], 500),
    await size('webview, with the first PDF', ['dist/webview/pdf.js']),
    await size('playground', ['dist/playground.mjs']),
  ];
}

/** An output and all that it imports before it runs: chunks that several parts share count as the entry does. */
function staticClosure(meta: Metafile, start: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { path: imported, kind } of meta.outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && imported in meta.outputs) visit(imported);
    }
  };
  visit(start);
  return seen;
}

async function size(name: string, files: readonly string[], aim?: number): Promise<Measurement> {
  const stats = await Promise.all(files.map((file) => fs.stat(inRepository(file))));
  const kilobytes = stats.reduce((sum, { size: bytes }) => sum + bytes, 0) / 1000;
  return { name, unit: 'kB', values: [kilobytes], ...(aim === undefined ? {} : { aim }) };
}

function inRepository(file: string): string {
  return path.join(repositoryRoot, file);
}
