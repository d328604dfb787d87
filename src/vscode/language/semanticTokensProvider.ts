import * as vscode from 'vscode';
import { TOKEN_TYPES, TokenFinder } from '../../core/language/semanticTokens';
import type { LanguageFiles } from './languageFiles';
import { PerDocument } from './perDocument';

export const semanticTokensLegend = new vscode.SemanticTokensLegend([...TOKEN_TYPES]);

/** Colours `${…}` on top of YAML's own colours. */
export class SemanticTokensProvider implements vscode.DocumentSemanticTokensProvider {
  readonly #files: LanguageFiles;
  readonly #finders = new PerDocument(() => new TokenFinder());

  constructor(files: LanguageFiles) {
    this.#files = files;
  }

  provideDocumentSemanticTokens(document: vscode.TextDocument): vscode.SemanticTokens {
    const builder = new vscode.SemanticTokensBuilder();
    for (const { type, range } of this.#finders.of(document).tokens(this.#files.alone(document))) {
      const { line, character } = document.positionAt(range.start);
      builder.push(line, character, range.end - range.start, TOKEN_TYPES.indexOf(type));
    }
    return builder.build();
  }
}
