import type { FormatFile } from '../../src/core/request/format/keyReference';
import type { KnownRows, RowField } from '../../src/core/request/knownRows';
import { textOf } from '../../src/core/request/resolve/resolved';
import { parseProjectFile } from '../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../src/core/request/parseRequestFile';
import { nothingKnown, type Knowledge, type LanguageFile } from '../../src/core/language/languageFile';

export interface LanguageOptions {
  readonly kind?: FormatFile;
  readonly project?: string;
  readonly environment?: string;
  readonly known?: Knowledge;
}

/** A file as the editor has it. A project file is its own project, unless there is another. */
export function languageFile(text: string, options: LanguageOptions = {}): LanguageFile {
  const { kind = 'request', project, environment, known = nothingKnown } = options;
  const projectText = project ?? (kind === 'project' ? text : undefined);
  return {
    kind,
    text,
    requests: kind === 'request' ? parseRequestFile(text) : undefined,
    project: projectText === undefined ? undefined : parseProjectFile(projectText),
    environment,
    known,
  };
}

/** Rows of a file as they are known by the first one. */
export function knownRows(first: Readonly<Record<string, string>>, isComplete = true): KnownRows {
  const fields = Object.entries(first).map(([name, value], index): readonly [string, RowField] => [
    name,
    { value: textOf(value), place: { line: 0, character: 10 * index, length: name.length } },
  ]);
  return { ok: true, fields: new Map(fields), isComplete };
}
