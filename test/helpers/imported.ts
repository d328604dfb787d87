import * as fs from 'node:fs';
import * as path from 'node:path';
import { importedFiles, type ImportedFiles, type ImportSurroundings } from '../../src/core/import/draft/importedFiles';
import { importSource, type ImportSource } from '../../src/core/import/importSource';
import { readImport } from '../../src/core/import/readImport';
import { newProjectFile } from '../../src/core/request/edit/insertConnection';
import { withProjectEntries } from '../../src/core/request/edit/insertEntries';
import { importNoteTexts } from '../../src/core/text/importNoteTexts';
import { formatTemplate } from '../../src/core/text/template';
import { repositoryRoot } from './repository';

/** Files that other tools could have written, each with what it becomes in `expected`. */
export const importFixtures = path.join(repositoryRoot, 'test', 'fixtures', 'import');

export const emptySurroundings: ImportSurroundings = {
  secretNames: [],
  inheritsAuth: false,
  project: { connections: [], environments: [], variables: new Set() },
};

export const sourceOf = (fileName: string, text: string, folders: readonly string[] = []): Promise<ImportSource> =>
  importSource(fileName, text, () => Promise.resolve(), folders);

/** What the named fixtures together become. */
export async function importedFixtures(
  names: readonly string[],
  surroundings: ImportSurroundings = emptySurroundings,
): Promise<ImportedFiles> {
  const sources = names.map((name) => {
    const text = fs.readFileSync(path.join(importFixtures, name), 'utf8');
    return sourceOf(path.basename(name), text, path.dirname(name).split('/').slice(1));
  });
  return importedFiles(readImport(await Promise.all(sources)).collection, surroundings);
}

export async function importedText(fileName: string, text: string): Promise<ImportedFiles> {
  return importedFiles(readImport([await sourceOf(fileName, text)]).collection, emptySurroundings);
}

export interface WrittenImport {
  /** Texts by file name. */
  readonly files: ReadonlyMap<string, string>;
  /** Of the project file. */
  readonly project: string;
}

export function writtenImport({ files, project }: ImportedFiles): WrittenImport {
  const nameOf = (name: string): string => `${name}.http.yaml`;
  return {
    files: new Map(files.map(({ name, text }) => [nameOf(name), text(nameOf)])),
    project: withProjectEntries(newProjectFile(), 'latchkey.yaml', project),
  };
}

/** All that comes of an import, as one text; secrets by their names. */
export function shownImport(made: ImportedFiles): string {
  const { files, project } = writtenImport(made);
  const parts = [...files, ['latchkey.yaml', project.slice(newProjectFile().length)] as const].filter(
    ([, text]) => text !== '',
  );
  const notes = made.notes.map(({ kind, data, request }) => {
    return `${request === undefined ? '' : `${request}: `}${formatTemplate(importNoteTexts[kind], data)}\n`;
  });
  return [
    ...parts.map(([name, text]) => `=== ${name}\n${text}`),
    `=== secrets\n${made.secrets.map(({ name }) => `${name}\n`).join('')}`,
    `=== notes\n${notes.join('')}`,
  ].join('\n');
}
