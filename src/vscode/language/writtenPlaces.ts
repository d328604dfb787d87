import * as vscode from 'vscode';
import type { FieldSource } from '../../core/language/rowFields';
import type { TextRange } from '../../core/request/diagnostic';
import type { FileOrigin } from '../../core/request/model';
import { readFileText } from '../requests/fileTexts';
import { localProjectFileName, type Project } from '../requests/projectFiles';
import { fileNamed } from './fileNamed';
import { rangeInText } from './ranges';

/** A document with the project around it. */
export interface PlacedDocument {
  readonly document: vscode.TextDocument;
  readonly project: Project | undefined;
}

/** A range of the file that something is written in; `undefined` where that cannot be read. */
export async function writtenPlace(
  { document, project }: PlacedDocument,
  origin: FileOrigin,
  range: TextRange,
): Promise<vscode.Location | undefined> {
  const uri = fileOf(document, project, origin);
  const text = (await readFileText(uri).catch(() => undefined))?.text;
  return text === undefined ? undefined : new vscode.Location(uri, rangeInText(text, range));
}

/** Where the name of a row's field is written: in the header of a file, or in a list. */
export async function fieldPlace(placed: PlacedDocument, source: FieldSource): Promise<vscode.Location | undefined> {
  if (source.kind === 'list') return writtenPlace(placed, source.origin, source.range);
  const uri = fileNamed(placed.document.uri, source.path);
  const { line, character, length } = source.place ?? { line: 0, character: 0, length: 0 };
  return uri && new vscode.Location(uri, new vscode.Range(line, character, line, character + length));
}

function fileOf(document: vscode.TextDocument, project: Project | undefined, origin: FileOrigin): vscode.Uri {
  if (origin === 'requestFile' || !project) return document.uri;
  return origin === 'projectFile' ? project.uri : vscode.Uri.joinPath(project.uri, '..', localProjectFileName);
}
