import type { TextRange } from '../request/diagnostic';
import { snippetText, type Completion } from './completion';
import { expressionAt } from './expressionAt';
import type { KeyPlace } from './keyPlace';
import type { LanguageFile } from './languageFile';
import type { PositionContext } from './positionContext';
import { ScalarInserter } from './scalarInsert';

/** A place where the path of a file is written. */
export interface FilePlace {
  /** The folder that is typed already, relative to the file, with its slash; empty: the file's own. */
  readonly folder: string;
  /** Only request files are of use here. */
  readonly requestFiles: boolean;
  /** What is put in for an entry of the folder. */
  readonly completion: (entry: FolderEntry) => Completion;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Where in the text of a cursor a path is written; `undefined` where none is. */
export function filePlace(
  file: LanguageFile,
  context: PositionContext,
  place: KeyPlace | undefined,
  offset: number,
): FilePlace | undefined {
  const expression = expressionAt(file.text, offset);
  if (expression) {
    const { prefix, name, closed } = expression;
    if (prefix?.text !== 'file' || offset < name.range.start) return undefined;
    const range = { start: name.range.start, end: Math.max(name.range.end, offset) };
    return inExpression(file.text.slice(range.start, offset), range, closed);
  }
  const suggestion = place?.description.suggest;
  if (
    (suggestion !== 'file' && suggestion !== 'requestFile') ||
    (context.role !== 'value' && context.role !== 'either')
  ) {
    return undefined;
  }
  const start = context.token.start + (context.quote ? 1 : 0);
  const folder = folderOf(file.text.slice(start, Math.max(start, offset)));
  const inserter = new ScalarInserter(file.text, context, offset);
  return {
    folder,
    requestFiles: suggestion === 'requestFile',
    completion: (entry) => {
      const { name, isFolder } = entry;
      const text = (folder === '' ? './' : folder) + (isFolder ? `${name}/` : name);
      return {
        ...inserter.value({ text, label: name, kind: isFolder ? 'folder' : 'file', more: isFolder }),
        ...ranked(entry),
      };
    },
  };
}

function inExpression(typed: string, range: TextRange, closed: boolean): FilePlace {
  const folder = folderOf(typed);
  return {
    folder,
    requestFiles: false,
    completion: (entry) => {
      const { name, isFolder } = entry;
      const text = (folder === '' ? './' : folder) + (isFolder ? `${name}/` : name);
      const insert = snippetText(closed || isFolder ? text : `${text}}`);
      return {
        label: name,
        kind: isFolder ? 'folder' : 'file',
        insert,
        range,
        filter: text,
        more: isFolder,
        ...ranked(entry),
      };
    },
  };
}

function ranked({ isFolder }: FolderEntry): { readonly rank: number } {
  return { rank: isFolder ? 4 : 3 };
}

function folderOf(typed: string): string {
  return typed.slice(0, typed.lastIndexOf('/') + 1);
}
