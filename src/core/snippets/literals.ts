import type { ShellPart } from '../curl/shellText';

/** How a language writes texts, and values that are not to be seen. */
export interface Literals {
  /** A text as an expression. */
  readonly text: (text: string) => string;
  /** The value of an environment variable as an expression. */
  readonly variable: (name: string) => string;
  /** Between the parts of one text. */
  readonly plus: string;
  /** Around several parts. */
  readonly group?: (joined: string) => string;
}

/** Escapes as JSON has them are understood by most; what can be read stays as it is. */
const doubleQuoted = (text: string): string =>
  JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

const singleQuoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

export const literals = {
  js: { text: doubleQuoted, variable: (name) => `process.env.${name}`, plus: ' + ' },
  python: {
    text: doubleQuoted,
    variable: (name) => `os.environ["${name}"]`,
    plus: ' + ',
    group: (joined) => `(${joined})`,
  },
  go: { text: doubleQuoted, variable: (name) => `os.Getenv("${name}")`, plus: ' + ' },
  java: { text: doubleQuoted, variable: (name) => `System.getenv("${name}")`, plus: ' + ' },
  csharp: { text: doubleQuoted, variable: (name) => `Environment.GetEnvironmentVariable("${name}")`, plus: ' + ' },
  php: { text: singleQuoted, variable: (name) => `getenv('${name}')`, plus: ' . ' },
  ruby: { text: singleQuoted, variable: (name) => `ENV['${name}']`, plus: ' + ' },
  powershell: {
    text: (text) => `'${text.replace(/['\u2018-\u201b]/g, (quote) => quote + quote)}'`,
    variable: (name) => `$env:${name}`,
    plus: ' + ',
    group: (joined) => `(${joined})`,
  },
} as const satisfies Record<string, Literals>;

/** Parts of a text as one expression. */
export function expression(parts: readonly ShellPart[], { text, variable, plus, group }: Literals): string {
  const filled = parts.filter((part) => part !== '');
  if (filled.length === 0) return text('');
  const joined = filled.map((part) => (typeof part === 'string' ? text(part) : variable(part.variable))).join(plus);
  return filled.length > 1 && group ? group(joined) : joined;
}
