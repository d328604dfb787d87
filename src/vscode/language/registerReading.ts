import * as vscode from 'vscode';
import { TRIGGER_CHARACTERS } from '../../core/language/completeAt';
import { CompletionProvider } from './completionProvider';
import { FoldingProvider } from './foldingProvider';
import { HoverProvider } from './hoverProvider';
import { KnowledgeGatherer, type KnowledgeSources } from './knowledge';
import { languageSelector, type LanguageFiles } from './languageFiles';
import { LinkProvider } from './linkProvider';
import { semanticTokensLegend, SemanticTokensProvider } from './semanticTokensProvider';
import { SymbolProvider } from './symbolProvider';

/** Everything that helps to read and write request and project files, and changes nothing by itself. */
export function registerReading(files: LanguageFiles, sources: KnowledgeSources): vscode.Disposable {
  const knowledge = new KnowledgeGatherer(sources);
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(
      languageSelector,
      new CompletionProvider(files, knowledge),
      ...TRIGGER_CHARACTERS,
    ),
    languages.registerHoverProvider(languageSelector, new HoverProvider(files, knowledge)),
    languages.registerDocumentSymbolProvider(languageSelector, new SymbolProvider(files), { label: 'Latchkey' }),
    languages.registerFoldingRangeProvider(languageSelector, new FoldingProvider()),
    languages.registerDocumentSemanticTokensProvider(
      languageSelector,
      new SemanticTokensProvider(files),
      semanticTokensLegend,
    ),
    languages.registerDocumentLinkProvider(languageSelector, new LinkProvider(files)),
  );
}
