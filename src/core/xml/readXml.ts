import { decodeXmlText, unknownReference } from './xmlText';
import type { XmlDocument, XmlNode } from './xmlNode';

export type ReadXml = { readonly ok: true; readonly value: XmlDocument } | ({ readonly ok: false } & XmlFault);

/** Why a text is no XML that can be read. */
export interface XmlFault {
  /** In a few words. */
  readonly problem: string;
  /** Offset in the text. */
  readonly at: number;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Characters of a document that is read unless it is said otherwise; each may become a node of its own. */
const LONGEST = 10_000_000;
const MAX_DEPTH = 1_000;
/** Characters between two turns of the event loop. */
const SLICE = 64 * 1024;

/**
 * Reads an XML document with its namespaces. There are no entities beyond those of XML itself and nothing is fetched:
 * a document type is passed over, and what it declares is unknown.
 */
export async function readXml(text: string, pause: () => Promise<void>, longest = LONGEST): Promise<ReadXml> {
  if (text.length > longest) return { ok: false, ...faultAt(text, longest, `it has more than ${longest} characters`) };
  const reader = new XmlReader(text);
  try {
    while (!reader.advance(SLICE)) await pause();
    return { ok: true, value: reader.finish() };
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return { ok: false, ...faultAt(text, error.at, error.message) };
  }
}

function faultAt(text: string, at: number, problem: string): XmlFault {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', start)) {
    line++;
    start = end + 1;
  }
  return { problem, at, line, column: at - start + 1 };
}

class XmlError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

interface OpenNode extends XmlNode {
  end: number;
  readonly children: XmlNode[];
  readonly attributes: XmlNode[];
}

interface OpenElement {
  readonly node: OpenNode;
  /** Prefixes in force; the empty one is the default namespace. */
  readonly scope: ReadonlyMap<string, string>;
}

const NONE: XmlNode[] = [];
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace';
const NAME = /[^\s<>/=?!&"']+/y;
const SPACE = /\s*/y;
const ATTRIBUTE = /\s+([^\s<>/=?!&"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y;

class XmlReader {
  readonly #text: string;
  readonly #namespaces = new Map<string, string>([['xml', XML_NAMESPACE]]);
  readonly #root: OpenNode;
  readonly #open: OpenElement[];
  #order = 0;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#root = this.#node('document', undefined, '', '', '', 0);
    this.#open = [{ node: this.#root, scope: new Map([['xml', XML_NAMESPACE]]) }];
  }

  /** Works until at least `characters` more are done; tells whether the end is reached. */
  advance(characters: number): boolean {
    const limit = this.#at + characters;
    while (this.#at < this.#text.length) {
      if (this.#at >= limit) return false;
      if (this.#text.charCodeAt(this.#at) === 60 /* < */) this.#markup();
      else this.#characters();
    }
    return true;
  }

  finish(): XmlDocument {
    if (this.#open.length > 1) this.#fail(`<${this.#top.node.name}> is not closed`, this.#top.node.start);
    if (!this.#root.children.some(({ kind }) => kind === 'element')) this.#fail('there is no element');
    this.#root.end = this.#text.length;
    return { root: this.#root, namespaces: this.#namespaces };
  }

  get #top(): OpenElement {
    return this.#open.at(-1) ?? { node: this.#root, scope: new Map() };
  }

  #markup(): void {
    const start = this.#at;
    if (this.#text.startsWith('<!--', this.#at)) {
      this.#add('comment', '', this.#until('<!--', '-->'), start);
    } else if (this.#text.startsWith('<![CDATA[', this.#at)) {
      this.#addText(this.#until('<![CDATA[', ']]>'), start);
    } else if (this.#text.startsWith('<?', this.#at)) {
      const [, target = '', data = ''] = /^(\S*)\s*([^]*)$/.exec(this.#until('<?', '?>')) ?? [];
      if (target.toLowerCase() !== 'xml') this.#add('instruction', target, data, start);
    } else if (this.#text.startsWith('<!', this.#at)) {
      this.#documentType();
    } else if (this.#text.startsWith('</', this.#at)) {
      this.#close();
    } else {
      this.#element();
    }
  }

  #characters(): void {
    const next = this.#text.indexOf('<', this.#at);
    const end = next < 0 ? this.#text.length : next;
    const start = this.#at;
    const raw = this.#text.slice(start, end);
    this.#at = end;
    if (this.#open.length > 1) this.#addText(this.#decoded(raw, start), start);
    else if (/[^\s\ufeff]/.test(raw)) this.#fail('there is text outside of the element', start);
  }

  /** What it declares is not read; an internal subset ends with the last bracket of its kind. */
  #documentType(): void {
    const start = this.#at;
    let depth = 0;
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text.charAt(this.#at);
      if (character === '"' || character === "'") {
        const end = this.#text.indexOf(character, this.#at + 1);
        if (end < 0) break;
        this.#at = end;
      } else if (this.#text.startsWith('<!--', this.#at)) {
        this.#until('<!--', '-->');
        this.#at--;
      } else if (character === '[') depth++;
      else if (character === ']') depth--;
      else if (character === '>' && depth === 0) {
        this.#at++;
        return;
      }
    }
    this.#fail('the document type is not closed', start);
  }

  #element(): void {
    const start = this.#at++;
    const name = this.#match(NAME)?.[0] ?? this.#fail('a name is missing after <', start);
    const pairs = this.#attributes();
    this.#match(SPACE);
    const isEmpty = this.#text.startsWith('/>', this.#at);
    if (!isEmpty && this.#text.charAt(this.#at) !== '>') this.#fail(`<${name}> is not well-formed`, start);
    this.#at += isEmpty ? 2 : 1;
    if (this.#open.length === 1 && this.#root.children.some(({ kind }) => kind === 'element')) {
      this.#fail('there is a second element outside of the first', start);
    }
    const scope = this.#scope(pairs);
    const node = this.#node('element', this.#top.node, name, this.#namespaceOf(name, scope, start), '', start);
    this.#top.node.children.push(node);
    for (const [key, value] of pairs) {
      if (key === 'xmlns' || key.startsWith('xmlns:')) continue;
      const namespace = key.includes(':') ? this.#namespaceOf(key, scope, start) : '';
      node.attributes.push(this.#node('attribute', node, key, namespace, value, start));
    }
    node.end = this.#at;
    if (isEmpty) return;
    if (this.#open.length > MAX_DEPTH) this.#fail('it is nested too deep', start);
    this.#open.push({ node, scope });
  }

  #attributes(): ReadonlyMap<string, string> {
    const pairs = new Map<string, string>();
    for (;;) {
      const found = this.#match(ATTRIBUTE);
      if (!found) return pairs;
      const [whole, name = '', double, single] = found;
      if (pairs.has(name)) this.#fail(`the attribute ${name} is there twice`, this.#at - whole.trimStart().length);
      const raw = double ?? single ?? '';
      // Blanks that are written as references stay what they are (XML 1.0 §3.3.3).
      pairs.set(name, this.#decoded(raw.replace(/\r\n|[\t\n\r]/g, ' '), this.#at - raw.length - 1));
    }
  }

  #scope(pairs: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const outer = this.#top.scope;
    let scope: Map<string, string> | undefined;
    for (const [name, uri] of pairs) {
      const prefix = name === 'xmlns' ? '' : name.startsWith('xmlns:') ? name.slice(6) : undefined;
      if (prefix === undefined) continue;
      scope ??= new Map(outer);
      scope.set(prefix, uri);
      const known = prefix === '' ? '_' : prefix;
      if (uri !== '' && !this.#namespaces.has(known)) this.#namespaces.set(known, uri);
    }
    return scope ?? outer;
  }

  #namespaceOf(name: string, scope: ReadonlyMap<string, string>, at: number): string {
    const colon = name.indexOf(':');
    const uri = scope.get(colon < 0 ? '' : name.slice(0, colon));
    if (uri === undefined && colon >= 0) this.#fail(`the prefix of ${name} is not declared`, at);
    return uri ?? '';
  }

  #close(): void {
    const start = this.#at;
    this.#at += 2;
    const name = this.#match(NAME)?.[0] ?? '';
    this.#match(SPACE);
    const { node } = this.#top;
    const closes = this.#open.length > 1 && node.name === name && this.#text.charAt(this.#at) === '>';
    if (!closes) this.#fail(`</${name}> closes nothing`, start);
    node.end = ++this.#at;
    this.#open.pop();
  }

  /** What lies between two marks, both of which are taken. */
  #until(open: string, close: string): string {
    const start = this.#at;
    const end = this.#text.indexOf(close, start + open.length);
    if (end < 0) this.#fail(`${open} is not closed`, start);
    this.#at = end + close.length;
    return this.#text.slice(start + open.length, end);
  }

  /** Texts and CDATA next to each other are one text to XPath. */
  #addText(value: string, start: number): void {
    const { children } = this.#top.node;
    const last = children.at(-1);
    if (value === '') return;
    if (this.#open.length === 1) this.#fail('there is text outside of the element');
    if (last?.kind === 'text') children[children.length - 1] = { ...last, value: last.value + value, end: this.#at };
    else this.#add('text', '', value, start);
  }

  #add(kind: XmlNode['kind'], name: string, value: string, start: number): void {
    const { node } = this.#top;
    node.children.push(this.#node(kind, node, name, '', value, start));
  }

  #node(
    kind: XmlNode['kind'],
    parent: XmlNode | undefined,
    name: string,
    namespace: string,
    value: string,
    start: number,
  ): OpenNode {
    const local = name.slice(name.indexOf(':') + 1);
    const order = this.#order++;
    const end = this.#at;
    // Only elements have any, but for the document; there may be millions of others.
    const [attributes, children] = kind === 'element' || kind === 'document' ? [[], []] : [NONE, NONE];
    return { kind, parent, order, name, local, namespace, value, start, end, attributes, children };
  }

  #decoded(raw: string, at: number): string {
    const text = decodeXmlText(raw);
    if (text !== undefined) return text;
    const { offset, name } = unknownReference(raw);
    return this.#fail(`the entity ${name} is not known`, at + offset);
  }

  #match(expression: RegExp): RegExpExecArray | null {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text);
    if (found) this.#at = expression.lastIndex;
    return found;
  }

  #fail(problem: string, at = this.#at): never {
    throw new XmlError(problem, at);
  }
}
