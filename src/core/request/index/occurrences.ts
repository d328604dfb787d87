import type { TextRange } from '../diagnostic';
import { expressionsIn, type ExpressionPlace } from '../expressionPlace';
import type { YamlEntry, YamlMap, YamlNode, YamlText } from '../yaml/yamlNode';

export type SymbolKind = 'variable' | 'request' | 'capture' | 'connection' | 'environment' | 'input' | 'secret' | 'env';

/** A name in a file: where it is given its meaning, or where it is used. */
export interface Occurrence {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly role: 'definition' | 'use';
  /** Of the name; of a key or a value with the quotes around it. */
  readonly range: TextRange;
  readonly written: 'key' | 'value' | 'expression';
  /** The request that it stands in; `undefined` outside of requests. */
  readonly within?: string | undefined;
  /** Of a capture: the request that takes it. */
  readonly of?: string | undefined;
}

/** What kind of file a text is. */
export type LanguageFileKind = 'request' | 'project' | 'env';

/**
 * The names in a request of a request file, in no particular order.
 * @param seen what was looked at before: what an alias repeats stands in the file once.
 */
export function occurrencesInRequest(entry: YamlEntry, seen = new Set<YamlNode>()): readonly Occurrence[] {
  const found = new Finder(seen);
  found.request(entry);
  return found.occurrences;
}

/** The names in a request file beside its requests. */
export function occurrencesInFrame(entries: readonly YamlEntry[], seen = new Set<YamlNode>()): readonly Occurrence[] {
  const found = new Finder(seen);
  for (const entry of entries) if (entry.key !== 'requests') found.setting(entry, undefined);
  return found.occurrences;
}

/** The names in `latchkey.yaml` or `latchkey.local.yaml`. */
export function occurrencesInProjectFile(root: YamlNode | undefined): readonly Occurrence[] {
  const found = new Finder(new Set());
  for (const entry of entriesOf(root)) {
    switch (entry.key) {
      case 'connections':
        for (const connection of entriesOf(entry.value)) found.connection(connection);
        break;
      case 'environments':
        for (const environment of entriesOf(entry.value)) {
          found.define('environment', environment);
          for (const variable of entriesOf(environment.value)) found.define('variable', variable);
          found.expressions(environment.value, undefined);
        }
        break;
      case 'protect':
        for (const item of itemsOf(entry.value)) found.useValue('environment', item, undefined);
        break;
      case 'defaults':
        for (const setting of entriesOf(entry.value)) found.setting(setting, undefined);
        break;
      default:
        found.setting(entry, undefined);
    }
  }
  return found.occurrences;
}

/** The names that `.env` gives values to. */
export function occurrencesInEnvFile(text: string): readonly Occurrence[] {
  return Array.from(text.matchAll(/^([ \t]*(?:export[ \t]+)?)([A-Za-z_][\w.()-]*)[ \t]*=/gm), (found) => {
    const start = found.index + (found[1] ?? '').length;
    const name = found[2] ?? '';
    return { kind: 'env', name, role: 'definition', range: { start, end: start + name.length }, written: 'key' };
  });
}

class Finder {
  readonly occurrences: Occurrence[] = [];
  readonly #seen: Set<YamlNode>;

  constructor(seen: Set<YamlNode>) {
    this.#seen = seen;
  }

  request(entry: YamlEntry): void {
    const within = entry.key;
    this.define('request', entry);
    for (const part of entriesOf(entry.value)) {
      if (part.key === 'capture') {
        for (const capture of entriesOf(part.value)) this.define('capture', capture, within, within);
        this.expressions(part.value, within);
      } else if (part.key === 'needs') {
        for (const item of itemsOf(part.value)) this.useValue('request', item, within);
      } else this.setting(part, within);
    }
  }

  connection(entry: YamlEntry): void {
    this.define('connection', entry);
    const exchange = entriesOf(entry.value).find(({ key }) => key === 'exchange');
    for (const { value } of entriesOf(exchange?.value)) {
      for (const part of entriesOf(value))
        if (part.key === 'connection') this.useValue('connection', part.value, undefined);
    }
    this.expressions(entry.value, undefined);
  }

  /** An entry that requests, request files and project files have in common. */
  setting(entry: YamlEntry, within: string | undefined): void {
    if (entry.key === 'variables') {
      for (const variable of entriesOf(entry.value)) this.define('variable', variable, within);
    } else if (entry.key === 'inputs') {
      for (const input of entriesOf(entry.value)) this.define('input', input, within);
    } else if (entry.key === 'auth') this.#auth(entry.value, within);
    this.expressions(entry.value, within);
  }

  #auth(value: YamlNode, within: string | undefined): void {
    if (value.kind === 'text' && value.text !== 'none' && value.text !== 'auto')
      this.useValue('connection', value, within);
    for (const part of entriesOf(value)) if (part.key === 'connection') this.useValue('connection', part.value, within);
  }

  define(kind: SymbolKind, { key, keyRange }: YamlEntry, within?: string, of?: string): void {
    if (!key.startsWith('x-')) {
      this.occurrences.push({ kind, name: key, role: 'definition', range: keyRange, written: 'key', within, of });
    }
  }

  /** A value that is a name; one with an expression in it is not known before a send. */
  useValue(kind: SymbolKind, node: YamlNode, within: string | undefined): void {
    if (node.kind !== 'text' || node.text.includes('${')) return;
    this.occurrences.push({ kind, name: node.text, role: 'use', range: node.range, written: 'value', within });
  }

  expressions(node: YamlNode, within: string | undefined): void {
    if (this.#seen.has(node)) return;
    this.#seen.add(node);
    if (node.kind === 'text') this.#inText(node, within);
    else if (node.kind === 'list') for (const item of node.items) this.expressions(item, within);
    else if (node.kind === 'map') for (const { value } of node.entries) this.expressions(value, within);
  }

  #inText(node: YamlText, within: string | undefined): void {
    if (!node.text.includes('${')) return;
    for (const place of expressionsIn(node.source, node.range.start)) this.#expression(place, within);
  }

  #expression({ prefix, name, request, capture, closed }: ExpressionPlace, within: string | undefined): void {
    if (!closed) return;
    const use = (kind: SymbolKind, part: { text: string; range: TextRange }, of?: string): void => {
      this.occurrences.push({
        kind,
        name: part.text,
        role: 'use',
        range: part.range,
        written: 'expression',
        within,
        of,
      });
    };
    if (request && capture) {
      use('request', request);
      use('capture', capture, request.text);
    } else if (!prefix) use('variable', name);
    else if (prefix.text === 'secret' || prefix.text === 'env' || prefix.text === 'input') use(prefix.text, name);
  }
}

function entriesOf(node: YamlNode | undefined): YamlMap['entries'] {
  return node?.kind === 'map' ? node.entries : [];
}

/** The items of a list, or the one value that may stand in its place. */
function itemsOf(node: YamlNode): readonly YamlNode[] {
  return node.kind === 'list' ? node.items : [node];
}
