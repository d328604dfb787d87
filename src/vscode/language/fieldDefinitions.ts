import type * as vscode from 'vscode';
import { hoverAt } from '../../core/language/hoverAt';
import type { KnowledgeGatherer } from './knowledge';
import type { LanguageFiles } from './languageFiles';
import { fieldPlace } from './writtenPlaces';

/** Leads from a field of a row to the column of a file, or the key in a list, that it comes from. */
export class FieldDefinitions implements vscode.DefinitionProvider {
  readonly #files: LanguageFiles;
  readonly #knowledge: KnowledgeGatherer;

  constructor(files: LanguageFiles, knowledge: KnowledgeGatherer) {
    this.#files = files;
    this.#knowledge = knowledge;
  }

  async provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Location | undefined> {
    const offset = document.offsetAt(position);
    const surrounded = await this.#files.surrounded(document);
    if (!surrounded) return undefined;
    const { file, project } = surrounded;
    const known = await this.#knowledge.at(document, file, offset);
    const about = hoverAt({ ...file, known: { ...file.known, ...known } }, offset)?.about;
    const source = about?.kind === 'field' ? about.field.source : undefined;
    return source && fieldPlace({ document, project }, source);
  }
}
