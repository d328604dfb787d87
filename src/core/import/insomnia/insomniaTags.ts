import { expressionMark } from '../../curl/marks';
import { decodedBase64 } from '../../curl/decodedBase64';
import type { ImportedCapture } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { dynamicValue, Placeholders, type VariableNames } from '../placeholders';
import { jsonPathOf } from '../scripts';

const tag = /\{%((?:(?!\{%|%\})[^]){1,1000})%\}/g;

/** `{{ _.name }}` and `{% tag %}` of Insomnia as marks. */
export class InsomniaTexts {
  readonly #placeholders: Placeholders;
  readonly #names: VariableNames;
  readonly #captures = new Map<string, (ImportedCapture & { readonly variable: string })[]>();

  constructor(names: VariableNames) {
    this.#names = names;
    this.#placeholders = new Placeholders(names, (inner) => this.#source(inner));
  }

  text(text: string, notes: ImportNote[]): string {
    const marked = this.#placeholders.text(text);
    return marked.replace(tag, (all, inner: string) => {
      const source = this.#tag(inner.trim());
      if (source !== undefined) return expressionMark(source);
      notes.push(importNote('tag', { name: inner.trim().split(/\s/)[0] ?? '' }));
      return all;
    });
  }

  /** The placeholders without the tags: for what needs no note. */
  get placeholders(): Placeholders {
    return this.#placeholders;
  }

  /** What others take out of the response of a request. */
  capturesOf(id: string): readonly ImportedCapture[] {
    return this.#captures.get(id) ?? [];
  }

  #source(inner: string): string | undefined {
    const path = variablePath(inner);
    return path === undefined ? dynamicValue(inner) : this.#names.name(path);
  }

  #tag(inner: string): string | undefined {
    const [word = '', ...rest] = inner.split(/\s+/);
    const args = Array.from(rest.join(' ').matchAll(/'([^']*)'|"([^"]*)"/g), ([, one, two]) => one ?? two ?? '');
    if (word === 'uuid') return 'uuid';
    if (word === 'timestamp') return 'now|unix';
    if (word === 'now') return { 'iso-8601': 'now', unix: 'now|unix' }[args[0] ?? 'iso-8601'];
    return word === 'response' ? this.#response(args) : undefined;
  }

  #response([attribute = '', id = '', filter = '']: readonly string[]): string | undefined {
    const encoded = /^b64::(.*)::46b$/.exec(filter)?.[1];
    const path = encoded === undefined ? filter : (decodedBase64(encoded) ?? '');
    const from =
      attribute === 'body'
        ? bodyPlace(path)
        : attribute === 'raw'
          ? 'body'
          : attribute === 'header'
            ? `header:${path}`
            : undefined;
    if (from === undefined || id === '' || /^header:(?![\w-]+$)/.test(from)) return undefined;
    const captures = this.#captures.get(id) ?? [];
    const known = captures.find((each) => each.from === from);
    if (known) return known.variable;
    const word = /([\w-]+)[^\w]*$/.exec(from)?.[1] ?? 'body';
    const variable = this.#names.fresh(word);
    const name = captures.some((each) => each.name === word) ? variable : word;
    this.#captures.set(id, [...captures, { name, variable, from }]);
    return variable;
  }
}

function bodyPlace(path: string): string | undefined {
  if (path === '') return 'body';
  if (path.startsWith('/')) return path;
  return path.startsWith('$') ? jsonPathOf(path.slice(1)) : undefined;
}

/** `_.a.b`, `_['a']`, `a.b`: the name of a variable. */
function variablePath(inner: string): string | undefined {
  const plain = inner.replace(/\[["']?([^\]"']+)["']?\]/g, '.$1').replace(/^_\.+/, '');
  return inner.startsWith('_') && plain !== '' ? plain : undefined;
}
