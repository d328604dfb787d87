import type { FormatFile } from '../../src/core/request/format/keyReference';
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
