import * as vscode from 'vscode';
import { Outliner, type OutlineEntry } from '../../core/language/documentSymbols';
import type { LanguageFiles } from './languageFiles';
import { PerDocument } from './perDocument';
import { whileCurrent } from './whileCurrent';
import { vsCodeRange } from './ranges';

/** The outline: requests with their captures and variables, connections, environments. */
export class SymbolProvider implements vscode.DocumentSymbolProvider {
  readonly #files: LanguageFiles;
  readonly #outliners = new PerDocument(() => new Outliner());

  constructor(files: LanguageFiles) {
    this.#files = files;
  }

  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[] | undefined> {
    const file = await this.#files.alone(document);
    const outline = file && (await whileCurrent(document, this.#outliners.of(document).outline(file)));
    return outline?.map((entry) => toSymbol(document, entry));
  }
}

function toSymbol(document: vscode.TextDocument, entry: OutlineEntry): vscode.DocumentSymbol {
  const { name, detail, kind, range, nameRange, children } = entry;
  const whole = vsCodeRange(document, range).union(vsCodeRange(document, nameRange));
  const symbol = new vscode.DocumentSymbol(name, detail, kinds[kind], whole, vsCodeRange(document, nameRange));
  symbol.children = children.map((child) => toSymbol(document, child));
  return symbol;
}

const kinds: Readonly<Record<OutlineEntry['kind'], vscode.SymbolKind>> = {
  request: vscode.SymbolKind.Method,
  capture: vscode.SymbolKind.Field,
  variable: vscode.SymbolKind.Variable,
  connection: vscode.SymbolKind.Interface,
  environment: vscode.SymbolKind.Namespace,
};
