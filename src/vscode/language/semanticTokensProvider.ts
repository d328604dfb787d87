import * as vscode from 'vscode';
import { TOKEN_TYPES, TokenFinder } from '../../core/language/semanticTokens';
import type { LanguageFiles } from './languageFiles';
import { PerDocument } from './perDocument';
import { whileCurrent } from './whileCurrent';

export const semanticTokensLegend = new vscode.SemanticTokensLegend([...TOKEN_TYPES]);

/** Colours `${…}` on top of YAML's own colours. */
export class SemanticTokensProvider implements vscode.DocumentSemanticTokensProvider {
  readonly #files: LanguageFiles;
  readonly #finders = new PerDocument(() => new TokenFinder());

  constructor(files: LanguageFiles) {
    this.#files = files;
  }

  async provideDocumentSemanticTokens(document: vscode.TextDocument): Promise<vscode.SemanticTokens | undefined> {
    const file = await this.#files.alone(document);
    const tokens = file && (await whileCurrent(document, this.#finders.of(document).tokens(file)));
    if (!tokens) return undefined;
    const builder = new vscode.SemanticTokensBuilder();
    for (const { type, start, end } of tokens) {
      const { line, character } = document.positionAt(start);
      builder.push(line, character, end - start, TOKEN_TYPES.indexOf(type));
    }
    return builder.build();
  }
}
