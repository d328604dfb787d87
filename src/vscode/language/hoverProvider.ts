import * as vscode from 'vscode';
import { hoverAt } from '../../core/language/hoverAt';
import { readFileText } from '../requests/fileTexts';
import { localProjectFileName, type Project } from '../requests/projectFiles';
import { hoverText, type PlaceText } from './hoverText';
import type { KnowledgeGatherer } from './knowledge';
import type { LanguageFiles } from './languageFiles';
import { vsCodeRange } from './ranges';
import type { ShownVariable } from '../../core/language/shownVariable';

/** Tells what a key means, what an expression is worth and where that comes from, and where a request goes. */
export class HoverProvider implements vscode.HoverProvider {
  readonly #files: LanguageFiles;
  readonly #knowledge: KnowledgeGatherer;

  constructor(files: LanguageFiles, knowledge: KnowledgeGatherer) {
    this.#files = files;
    this.#knowledge = knowledge;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const offset = document.offsetAt(position);
    const surrounded = await this.#files.surrounded(document);
    if (!surrounded) return undefined;
    const { file, project } = surrounded;
    const known = await this.#knowledge.at(document, file, offset);
    const info = hoverAt({ ...file, known: { ...file.known, ...known } }, offset);
    if (!info) return undefined;
    const shown = info.about.kind === 'variable' ? info.about.shown : undefined;
    const place = shown && (await placeOf(document, project, shown));
    return new vscode.Hover(hoverText(info.about, place), vsCodeRange(document, info.range));
  }
}

/** Where a variable is written: file and line. */
async function placeOf(
  document: vscode.TextDocument,
  project: Project | undefined,
  { origin, nameRange }: ShownVariable,
): Promise<PlaceText | undefined> {
  const uri = fileOf(document, project, origin);
  const text = (await readFileText(uri).catch(() => undefined))?.text;
  if (text === undefined) return undefined;
  const before = text.slice(0, nameRange.start);
  return { uri, line: before.split('\n').length };
}

function fileOf(
  document: vscode.TextDocument,
  project: Project | undefined,
  origin: ShownVariable['origin'],
): vscode.Uri {
  if (origin === 'requestFile' || !project) return document.uri;
  return origin === 'projectFile' ? project.uri : vscode.Uri.joinPath(project.uri, '..', localProjectFileName);
}
