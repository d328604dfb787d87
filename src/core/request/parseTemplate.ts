import type { TextRange } from './diagnostic';
import { parseDuration } from './duration';
import { isName } from './names';
import { nearest } from './nearest';
import type { Reporter } from './reporter';
import { shorten } from './shorten';
import type { Expression, ExpressionSource, Filter, Template } from './value';
import type { YamlText } from './yaml/yamlNode';

export const FILTERS: readonly Filter[] = ['json', 'url', 'base64', 'unix'];
/** Names that no variable can have. */
export const BUILT_IN_NAMES: readonly string[] = ['uuid', 'now'];

/** Whether an expression can mean a variable by that name. */
export function isVariableName(name: string): boolean {
  return isName(name) && !BUILT_IN_NAMES.includes(name);
}

const NAMED_SOURCES = ['secret', 'env', 'input'] as const;
/** What can stand before a colon. */
export const PREFIXES: readonly string[] = ['now', 'random', ...NAMED_SOURCES, 'file'];

/** Finds the expressions in a text. What cannot be read is reported and becomes a faulty expression. */
export function parseTemplate(node: YamlText, reporter: Reporter): Template {
  const { text, range } = node;
  if (!text.includes('${')) return { kind: 'text', parts: [text], range };
  return { kind: 'text', parts: new TemplateParser(node, reporter).parse(), range };
}

/** `${{x}}`, which is how workflows of GitHub write `${x}`. */
const DOUBLE_BRACES = /^\$\{\{[^{}]*\}\}/;
const LONGEST_DOUBLED = 300;

class TemplateParser {
  readonly #node: YamlText;
  readonly #reporter: Reporter;
  readonly #parts: (string | Expression)[] = [];
  #literal = '';
  #sourceAt = 0;

  constructor(node: YamlText, reporter: Reporter) {
    this.#node = node;
    this.#reporter = reporter;
  }

  parse(): readonly (string | Expression)[] {
    const { text } = this.#node;
    let at = 0;
    for (let open = text.indexOf('${'); open >= 0; open = text.indexOf('${', at)) {
      if (text[open - 1] === '$' && open > at) {
        this.#literal += `${text.slice(at, open - 1)}\${`;
        this.#locate('$${');
        at = open + 2;
        continue;
      }
      this.#literal += text.slice(at, open);
      const doubled = DOUBLE_BRACES.exec(text.slice(open, open + LONGEST_DOUBLED))?.[0];
      if (doubled !== undefined) {
        const range = this.#locate(doubled);
        this.#reporter.error('request.doubleBraces', range, {
          value: shorten(doubled),
          replacement: `\${${shorten(doubled.slice(3, -2).trim())}}`,
        });
        this.#push({ source: FAULTY, filters: [], range });
        at = open + doubled.length;
        continue;
      }
      const close = text.indexOf('}', open);
      if (close < 0) {
        this.#reporter.error('expression.unclosed', this.#locate('${'));
        this.#push({ source: { kind: 'faulty' }, filters: [], range: this.#node.range });
        return this.#parts;
      }
      this.#push(this.#expression(text.slice(open + 2, close)));
      at = close + 1;
    }
    this.#literal += text.slice(at);
    this.#flush();
    return this.#parts;
  }

  #push(expression: Expression): void {
    this.#flush();
    this.#parts.push(expression);
  }

  #flush(): void {
    if (this.#literal !== '') this.#parts.push(this.#literal);
    this.#literal = '';
  }

  #expression(inner: string): Expression {
    const range = this.#locate(`\${${inner}}`);
    const [source = '', ...filters] = inner.split('|').map((piece) => piece.trim());
    return { source: readSource(source, range, this.#reporter), filters: this.#filters(filters, range), range };
  }

  #filters(names: readonly string[], range: TextRange): readonly Filter[] {
    return names.flatMap((name) => {
      const filter = FILTERS.find((known) => known === name);
      if (!filter) {
        const data = { filter: shorten(name), known: FILTERS.join(', '), ...nearestData(name, FILTERS) };
        this.#reporter.error('expression.unknownFilter', range, data);
      }
      return filter ? [filter] : [];
    });
  }

  /** Where the next occurrence stands in the file; all of the value where escapes or folding hide it. */
  #locate(piece: string): TextRange {
    const { source, range } = this.#node;
    const found = source.indexOf(piece, this.#sourceAt);
    if (found < 0) {
      // Nothing after it will be found either, and looking again each time would be quadratic.
      this.#sourceAt = source.length;
      return range;
    }
    this.#sourceAt = found + piece.length;
    return { start: range.start + found, end: range.start + this.#sourceAt };
  }
}

function nearestData(name: string, candidates: readonly string[]): { readonly nearest?: string } {
  const found = nearest(name, candidates);
  return found === undefined ? {} : { nearest: found };
}

const FAULTY: ExpressionSource = { kind: 'faulty' };

function readSource(text: string, range: TextRange, reporter: Reporter): ExpressionSource {
  if (text === '') return fault(() => reporter.error('expression.empty', range));
  if (text === 'uuid') return { kind: 'uuid' };
  if (text === 'now') return { kind: 'now', offset: 0 };
  const colon = text.indexOf(':');
  if (colon >= 0) return readPrefixed(text.slice(0, colon).trim(), text.slice(colon + 1).trim(), range, reporter);
  const dot = text.indexOf('.');
  if (dot >= 0 && isName(text.slice(0, dot)) && isName(text.slice(dot + 1))) {
    return { kind: 'capture', request: text.slice(0, dot), name: text.slice(dot + 1) };
  }
  if (isName(text)) return { kind: 'variable', name: text };
  return fault(() => reporter.error('expression.badName', range, { name: shorten(text) }));
}

function readPrefixed(prefix: string, rest: string, range: TextRange, reporter: Reporter): ExpressionSource {
  if (prefix === 'now') {
    const found = /^([+-])(.+)$/.exec(rest);
    const offset = parseDuration(found?.[2] ?? '');
    if (offset !== undefined) return { kind: 'now', offset: found?.[1] === '-' ? -offset : offset };
    return fault(() => reporter.error('expression.badOffset', range, { value: shorten(rest) }));
  }
  if (prefix === 'random') {
    const [min, max] = (/^(-?\d{1,15})\.\.(-?\d{1,15})$/.exec(rest) ?? []).slice(1).map(Number);
    if (min !== undefined && max !== undefined && min <= max) return { kind: 'random', min, max };
    return fault(() => reporter.error('expression.badRandom', range, { value: shorten(rest) }));
  }
  const named = NAMED_SOURCES.find((known) => known === prefix);
  if (named) return readNamed(named, rest, range, reporter);
  if (prefix === 'file') {
    if (rest !== '') return { kind: 'file', path: rest };
    return fault(() => reporter.error('expression.noFile', range));
  }
  const known = PREFIXES.map((name) => `${name}:`).join(', ');
  const data = { source: shorten(prefix), known, ...nearestData(prefix, PREFIXES) };
  return fault(() => reporter.error('expression.unknownSource', range, data));
}

/** As POSIX has it, and what Windows adds to it. */
const ENVIRONMENT_NAME = /^[A-Za-z_][A-Za-z0-9_.()-]*$/;

function readNamed(
  kind: (typeof NAMED_SOURCES)[number],
  name: string,
  range: TextRange,
  reporter: Reporter,
): ExpressionSource {
  if (kind === 'env' ? ENVIRONMENT_NAME.test(name) : isName(name)) return { kind, name };
  return fault(() => reporter.error('expression.badName', range, { name: shorten(`${kind}:${name}`) }));
}

function fault(report: () => void): ExpressionSource {
  report();
  return FAULTY;
}
