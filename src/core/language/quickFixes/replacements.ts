import type { TextRange } from '../../request/diagnostic';
import { nameText } from '../../request/edit/yamlText';
import { nearest } from '../../request/nearest';
import { expressionAt } from '../expressionAt';
import type { Fixer, QuickFix } from './quickFix';

/** A key, value or connection that was mistyped, in the quotes that it has. */
export const nearestName: Fixer = ({ range, data }, { file }) => {
  const name = data['nearest'];
  return typeof name === 'string' ? [changeTo(range, inStyleOf(sourceAt(file.text, range), name), name)] : [];
};

/** The nearest of the values that the diagnostic lists. */
export const nearestValue: Fixer = (diagnostic, context) => {
  const { value, known } = diagnostic.data;
  const name = nearest(String(value), String(known).split(', '));
  return name === undefined ? [] : nearestName({ ...diagnostic, data: { nearest: name } }, context);
};

/** A part of an expression that was mistyped: the name of a variable, a source, a filter. */
export function nearestInExpression(part: 'name' | 'prefix' | 'filter'): Fixer {
  return ({ range, data }, { file }) => {
    const place = expressionAt(file.text, range.start + 2);
    const name = data['nearest'];
    if (!place || typeof name !== 'string') return [];
    const wrong = part === 'filter' ? place.filters.find(({ text }) => text === data['filter']) : place[part];
    return wrong ? [changeTo(wrong.range, name, name)] : [];
  };
}

/** `{{x}}`, which is how others write `${x}`. Where YAML takes the braces for a map, the value gets quotes. */
export const doubleBraces: Fixer = ({ range, severity }, { file }) => {
  const inner = /^\$?\{\{([^{}]*)\}\}$/.exec(sourceAt(file.text, range))?.[1]?.trim();
  if (inner === undefined) return [];
  const expression = `\${${inner}}`;
  const isMap = severity === 'error' && sourceAt(file.text, range).startsWith('{');
  const value = isMap ? wholePlainValue(file.text, range) : undefined;
  const replaced =
    value && sourceAt(file.text, value).replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => `\${${name.trim()}}`);
  const fix =
    value && replaced !== undefined ? changeTo(value, JSON.stringify(replaced), JSON.stringify(replaced)) : undefined;
  return [fix ?? changeTo(range, expression, expression)];
};

/** `{x}` in a URL, which is how API descriptions write `${x}`. */
export const singleBraces: Fixer = ({ range }, { file }) => {
  const expression = `$${sourceAt(file.text, range)}`;
  return [changeTo(range, expression, expression)];
};

/** A value with an expression, without the quotes that it needs in `{ }`. */
export const quoteExpression: Fixer = ({ range }, { file }) => [quoted(range, sourceAt(file.text, range))];

/** Text that begins with a star: YAML takes it for an alias. All of the value goes into the quotes. */
export const quoteAlias: Fixer = ({ range }, { file }) => {
  const end = lineEnd(file.text, range.end);
  const rest = file.text.slice(range.end, end);
  const more = /^[^,}\]#\s]?[^#]*?(?=\s*(?: #.*)?$)/.exec(rest)?.[0] ?? '';
  const whole = /^\s*[,}\]]/.test(rest) ? range : { start: range.start, end: range.end + more.length };
  return [quoted(whole, sourceAt(file.text, whole))];
};

/** A number sign that belongs to the path or the query. */
export const encodeHash: Fixer = ({ range }, { file }) => {
  const source = sourceAt(file.text, range);
  const hash = source.indexOf('#');
  if (hash < 0) return [];
  const at = range.start + hash;
  return [
    { code: 'encodeHash', data: {}, target: 'file', edits: [{ range: { start: at, end: at + 1 }, text: '%23' }] },
  ];
};

/** Quotes that YAML took away although they are part of the value. */
export const keepQuotes: Fixer = ({ range }, { file }) => {
  const source = sourceAt(file.text, range);
  const text = `'${source.replaceAll("'", "''")}'`;
  return [{ code: 'quote', data: { text }, target: 'file', edits: [{ range, text }], preferred: true }];
};

/** A text that a comma or a number sign has cut: the range is all of it. */
export const quoteAll: Fixer = ({ range }, { file }) => [quoted(range, sourceAt(file.text, range))];

/** Two spaces for each tab that indents the line. */
export const tabs: Fixer = ({ range }, { file }) => {
  const edits = [...file.text.matchAll(/^[ ]*\t[ \t]*/gm)].map((found) => {
    const start = found.index;
    const end = start + found[0].length;
    return { range: { start, end }, text: found[0].replaceAll('\t', '  ') };
  });
  const own = edits.filter(
    (edit) => edit.range.start <= range.start && range.start <= lineEnd(file.text, edit.range.start),
  );
  const fixes: QuickFix[] = own.length === 0 ? [] : [{ code: 'replaceTabs', data: {}, target: 'file', edits: own }];
  if (edits.length > 1) fixes.push({ code: 'replaceAllTabs', data: {}, target: 'file', edits });
  return fixes;
};

function changeTo(range: TextRange, text: string, shown: string): QuickFix {
  return { code: 'changeTo', data: { text: shown }, target: 'file', edits: [{ range, text }], preferred: true };
}

function quoted(range: TextRange, source: string): QuickFix {
  const text = JSON.stringify(source);
  return { code: 'quote', data: { text }, target: 'file', edits: [{ range, text }], preferred: true };
}

function inStyleOf(source: string, name: string): string {
  const quote = source[0];
  return (quote === '"' || quote === "'") && source.endsWith(quote) ? quote + name + quote : nameText(name);
}

/** From where the value begins to where it ends, when it is plain and on one line. */
function wholePlainValue(text: string, { start, end }: TextRange): TextRange | undefined {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const before = /^(?:.*?:[ \t]+|[ \t]*-[ \t]+)/.exec(text.slice(from, start))?.[0];
  if (before === undefined || /["'[{]/.test(before)) return { start, end };
  const rest = /^[^#\n\r]*?(?=[ \t]*(?:[ \t]#[^\n]*)?(?:\r?\n|$))/.exec(text.slice(end))?.[0] ?? '';
  return { start: from + before.length, end: end + rest.length };
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end;
}

function sourceAt(text: string, { start, end }: TextRange): string {
  return text.slice(start, end);
}
