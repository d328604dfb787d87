import * as vscode from 'vscode';
import { rename, renameTarget, type RenameRefusal, type Renamed } from '../../core/language/rename';
import type { TextRange } from '../../core/request/diagnostic';
import type { SymbolPlace } from '../../core/request/index/symbols';
import type { SecretVault } from '../../core/session/secretVault';
import { renameRefusalTexts } from '../../core/text/renameRefusalTexts';
import { trustedFolder } from '../requests/projectFiles';
import { rangeInText, vsCodeRange } from './ranges';
import type { SymbolFiles, WorkspaceSymbols } from './symbolFiles';
import { whileWanted } from './whileWanted';

export interface SymbolProviderDeps {
  readonly files: Pick<SymbolFiles, 'read'>;
  readonly secrets: Pick<SecretVault, 'stored' | 'keep'>;
}

/** Go to definition, find references and rename, for the names in request and project files. */
export class SymbolProviders implements vscode.DefinitionProvider, vscode.ReferenceProvider, vscode.RenameProvider {
  readonly #deps: SymbolProviderDeps;

  constructor(deps: SymbolProviderDeps) {
    this.#deps = deps;
  }

  provideDefinition(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[] | undefined> {
    return whileWanted(token, async (signal) => {
      const { symbols, textOf } = await this.#deps.files.read(document.uri, signal);
      const found = symbols.at(document.uri.toString(), document.offsetAt(position));
      return (found?.symbol.definitions ?? []).map((place) => locationOf(place, textOf));
    });
  }

  provideReferences(
    document: vscode.TextDocument,
    position: vscode.Position,
    { includeDeclaration }: vscode.ReferenceContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.Location[] | undefined> {
    return whileWanted(token, async (signal) => {
      const { symbols, textOf } = await this.#deps.files.read(document.uri, signal);
      const found = symbols.at(document.uri.toString(), document.offsetAt(position));
      if (!found) return [];
      const { definitions, uses } = found.symbol;
      return [...(includeDeclaration ? definitions : []), ...uses].map((place) => locationOf(place, textOf));
    });
  }

  prepareRename(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<{ readonly range: vscode.Range; readonly placeholder: string } | undefined> {
    return whileWanted(token, async (signal) => {
      const { symbols } = await this.#deps.files.read(document.uri, signal);
      const target = renameTarget(symbols, document.uri.toString(), document.offsetAt(position));
      if (!target.ok) throw refused(target);
      return { range: vsCodeRange(document, target.range), placeholder: target.symbol.name };
    });
  }

  /** Secrets are stored by name, so a stored one is there under the new name as well. */
  provideRenameEdits(
    document: vscode.TextDocument,
    position: vscode.Position,
    newName: string,
    token: vscode.CancellationToken,
  ): Promise<vscode.WorkspaceEdit | undefined> {
    return whileWanted(token, async (signal) => {
      const { symbols, textOf } = await this.#deps.files.read(document.uri, signal);
      const sourceOf = (uri: string, { start, end }: TextRange): string => textOf(uri).slice(start, end);
      const result = rename(symbols, document.uri.toString(), document.offsetAt(position), newName, sourceOf);
      if (!result.ok) throw refused(result);
      if (result.symbol.kind === 'secret') await this.#keepSecret(document.uri, result, newName.trim());
      const edit = new vscode.WorkspaceEdit();
      for (const { uri, range, text } of result.edits) {
        edit.replace(vscode.Uri.parse(uri), rangeInText(textOf(uri), range), text);
      }
      return edit;
    });
  }

  /** The old name keeps it, too: the renaming can be undone, and other folders may use it. */
  async #keepSecret(uri: vscode.Uri, { symbol }: Renamed & { readonly ok: true }, name: string): Promise<void> {
    const folder = trustedFolder(uri);
    const value = await this.#deps.secrets.stored({ folder, name: symbol.name });
    if (value && !(await this.#deps.secrets.stored({ folder, name })))
      await this.#deps.secrets.keep({ folder, name }, value);
  }
}

function locationOf({ uri, occurrence }: SymbolPlace, textOf: WorkspaceSymbols['textOf']): vscode.Location {
  return new vscode.Location(vscode.Uri.parse(uri), rangeInText(textOf(uri), occurrence.range));
}

function refused({ code, data }: RenameRefusal): Error {
  return new Error(vscode.l10n.t(renameRefusalTexts[code], data));
}
