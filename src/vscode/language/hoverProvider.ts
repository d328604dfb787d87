import * as vscode from 'vscode';
import { hoverAt, type HoverSubject } from '../../core/language/hoverAt';
import { hoverText } from './hoverText';
import type { KnowledgeGatherer } from './knowledge';
import type { LanguageFiles } from './languageFiles';
import { vsCodeRange } from './ranges';
import { fieldPlace, writtenPlace, type PlacedDocument } from './writtenPlaces';

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
    const place = await placeOf({ document, project }, info.about);
    const at = place && { uri: place.uri, line: place.range.start.line + 1 };
    return new vscode.Hover(hoverText(info.about, at), vsCodeRange(document, info.range));
  }
}

/** Where a name is given its meaning. */
async function placeOf(placed: PlacedDocument, about: HoverSubject): Promise<vscode.Location | undefined> {
  if (about.kind === 'variable' && about.shown) {
    return writtenPlace(placed, about.shown.origin, about.shown.nameRange);
  }
  return about.kind === 'field' && about.field.source ? fieldPlace(placed, about.field.source) : undefined;
}
