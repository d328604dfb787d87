import { outlineOf, outlineOfEnvFile, outlineOfProjectFile } from '../../../../src/core/request/index/fileOutline';
import { Symbols, type SymbolFile } from '../../../../src/core/request/index/symbols';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';

export type Texts = Readonly<Record<string, string>>;

/** The symbols of files in one folder, by their names. */
export function symbolsOf(texts: Texts): Symbols {
  return new Symbols(Object.entries(texts).map(([uri, text]) => fileOf(uri, text)));
}

function fileOf(uri: string, text: string): SymbolFile {
  const shared = { uri, project: 'latchkey.yaml', folder: '', imports: [] };
  if (uri === '.env') return { ...shared, kind: 'env', names: outlineOfEnvFile(text).names };
  if (uri.startsWith('latchkey')) return { ...shared, kind: 'project', names: outlineOfProjectFile(text).names };
  const { names, imports } = outlineOf(parseRequestFile(text));
  return { ...shared, kind: 'request', names, imports: imports.map((path) => path.replace('./', '')) };
}
