import * as vscode from 'vscode';
import { TRIGGER_CHARACTERS } from '../../core/language/completeAt';
import { CompletionProvider } from './completionProvider';
import { FieldDefinitions } from './fieldDefinitions';
import { FoldingProvider } from './foldingProvider';
import { HoverProvider } from './hoverProvider';
import { KnowledgeGatherer, type KnowledgeSources } from './knowledge';
import { internalCommands } from '../ids';
import { requestFileSelector } from '../requests/requestFileNames';
import { languageSelector } from './languageFiles';
import { LinkProvider } from './linkProvider';
import { OfferedScopes, type OfferedScopesDeps } from './offeredScopes';
import { semanticTokensLegend, SemanticTokensProvider } from './semanticTokensProvider';
import { SymbolProvider } from './symbolProvider';

export interface ReadingDeps extends Omit<KnowledgeSources, 'offered'>, OfferedScopesDeps {
  readonly sessions: KnowledgeSources['sessions'] & OfferedScopesDeps['sessions'];
}

/** Everything that helps to read and write request and project files, and changes nothing by itself. */
export function registerReading(deps: ReadingDeps): vscode.Disposable {
  const { files } = deps;
  const offered = new OfferedScopes(deps);
  const knowledge = new KnowledgeGatherer({ ...deps, offered });
  const { languages } = vscode;
  return vscode.Disposable.from(
    languages.registerCompletionItemProvider(
      languageSelector,
      new CompletionProvider(files, knowledge, offered),
      ...TRIGGER_CHARACTERS,
    ),
    languages.registerHoverProvider(languageSelector, new HoverProvider(files, knowledge)),
    languages.registerDefinitionProvider(requestFileSelector, new FieldDefinitions(files, knowledge)),
    languages.registerDocumentSymbolProvider(languageSelector, new SymbolProvider(files), { label: 'Latchkey' }),
    languages.registerFoldingRangeProvider(languageSelector, new FoldingProvider()),
    languages.registerDocumentSemanticTokensProvider(
      languageSelector,
      new SemanticTokensProvider(files),
      semanticTokensLegend,
    ),
    languages.registerDocumentLinkProvider(languageSelector, new LinkProvider(files)),
    vscode.commands.registerCommand(internalCommands.askScopes, (uri: unknown, name: unknown) =>
      offered.ask(uri, name),
    ),
  );
}
