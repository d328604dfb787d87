import {
  occurrencesInEnvFile,
  occurrencesInProjectFile,
  occurrencesInRequestFile,
} from '../../../../src/core/language/occurrences';
import { Symbols, type SymbolFile } from '../../../../src/core/language/symbols';
import { Reporter } from '../../../../src/core/request/reporter';
import { parseYaml } from '../../../../src/core/request/yaml/parseYaml';

export type Texts = Readonly<Record<string, string>>;

/** The symbols of files in one folder, by their names; `b.http.yaml` is imported by `a.http.yaml`. */
export function symbolsOf(texts: Texts): Symbols {
  return new Symbols(Object.entries(texts).map(([uri, text]) => fileOf(uri, text)));
}

function fileOf(uri: string, text: string): SymbolFile {
  const shared = { uri, project: 'latchkey.yaml', folder: '', imports: uri === 'a.http.yaml' ? ['b.http.yaml'] : [] };
  if (uri === '.env') return { ...shared, kind: 'env', occurrences: occurrencesInEnvFile(text) };
  const root = parseYaml(text, new Reporter());
  return uri.startsWith('latchkey')
    ? { ...shared, kind: 'project', occurrences: occurrencesInProjectFile(root) }
    : { ...shared, kind: 'request', occurrences: occurrencesInRequestFile(root) };
}
