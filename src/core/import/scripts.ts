import { importNote, type ImportNote } from './importNote';
import type { ImportedCapture } from './importModel';

/** What of a script after the response `expect` and `capture` can say. */
export interface ReadScript {
  readonly status: number | undefined;
  /** Names as the script has them. */
  readonly captures: readonly ImportedCapture[];
  readonly notes: readonly ImportNote[];
}

/** Characters; a longer script is a program. */
const LONGEST = 20_000;

const body =
  /(?:pm|insomnia|bru)\.response\.json\(\)|JSON\.parse\(\s*(?:responseBody|pm\.response\.text\(\))\s*\)|res\.getBody\(\)|res\.body|response\.body/;
const alias = new RegExp(`(?:const|let|var)\\s+(\\w+)\\s*=\\s*(?:${body.source})\\s*(?:;|\\n|$)`, 'g');
const setter =
  /(?:(?:pm|insomnia)\.(?:environment|collectionVariables|globals|variables|baseEnvironment)\.set|postman\.set(?:Environment|Global)Variable|bru\.set(?:Env|Global|GlobalEnv)?Var|client\.global\.set)\(\s*(["'`])([^"'`\n]{1,200})\1\s*,\s*([^;\n]{1,300}?)\s*\)\s*(?:;|\n|$|(?=\}))/g;
const statusTest =
  /(?:(?:pm|insomnia)\.response\.to\.have\.status\(\s*(\d{3})\s*\)|(?:(?:pm|insomnia)\.)?expect\(\s*(?:(?:pm|insomnia)\.response\.(?:code|status)|res\.(?:status|getStatus\(\)))\s*\)\.to\.(?:be\.)?(?:equals?|eql|eq)\(\s*(\d{3})\s*\)|tests\[[^\]\n]*\]\s*=\s*responseCode\.code\s*===?\s*(\d{3})|client\.assert\(\s*response\.status\s*===?\s*(\d{3})[^;\n]*\)|(?:pm|insomnia)\.response\.to\.be\.(?:ok|success)\b)\s*;?/g;

/** Reads the tests and the assignments of a script; whatever else it does is in a note. */
export function readScript(code: string, when: string): ReadScript {
  if (code.trim() === '') return { status: undefined, captures: [], notes: [] };
  if (code.length > LONGEST) return { status: undefined, captures: [], notes: [importNote('script', { when })] };
  const plain = code.replace(/^\s*\/\/.*$/gm, '').replace(/\/\*[^]*?\*\//g, '');
  const statuses = new Set<number>();
  let rest = plain.replace(statusTest, (...found: readonly (string | undefined)[]) => {
    const status = found.slice(1, 5).find((each) => each !== undefined);
    if (status !== undefined) statuses.add(Number(status));
    return status === undefined ? String(found[0]) : '';
  });
  const names = new Set<string>();
  for (const [, name = ''] of rest.matchAll(alias)) names.add(name);
  const captures: ImportedCapture[] = [];
  rest = rest.replace(setter, (all: string, _quote: string, name: string, expression: string) => {
    const from = captureSource(expression, names);
    if (from === undefined || captures.some((known) => known.name === name)) return all;
    captures.push({ name, from });
    return '';
  });
  rest = rest.replace(alias, '');
  const status = statuses.size === 1 ? [...statuses][0] : undefined;
  const isAll = statuses.size < 2 && isEmpty(rest);
  const some = status !== undefined || captures.length > 0;
  const notes = isAll ? [] : [importNote(some ? 'scriptPartly' : 'script', { when })];
  return { status, captures, notes };
}

/** A value out of a response as `capture` names it; `undefined` when that cannot say it. */
export function captureSource(expression: string, aliases: ReadonlySet<string> = new Set()): string | undefined {
  const header =
    /^(?:(?:pm|insomnia)\.response\.headers\.get|res\.getHeader|response\.headers\.valueOf)\(\s*["'`]([\w-]+)["'`]\s*\)$/.exec(
      expression,
    )?.[1];
  if (header !== undefined) return `header:${header}`;
  const start = new RegExp(`^(?:${body.source})`).exec(expression)?.[0] ?? /^\w+/.exec(expression)?.[0] ?? '';
  if (start === '' || (/^\w+$/.test(start) && !aliases.has(start))) return undefined;
  return jsonPathOf(expression.slice(start.length));
}

/** `.a[0]["b"]` as a JSONPath. */
export function jsonPathOf(path: string): string | undefined {
  const step = /\??\.([A-Za-z_$][\w$]*)|(?:\?\.)?\[(?:(\d{1,9})|(["'])([^"'\\\n]*)\3)\]/y;
  let query = '$';
  let at = 0;
  while (at < path.length) {
    step.lastIndex = at;
    const found = step.exec(path);
    if (!found) return undefined;
    const [all, name, index, , key] = found;
    if (name !== undefined) query += /^\w+$/.test(name) ? `.${name}` : `['${name}']`;
    else query += index === undefined ? `['${key ?? ''}']` : `[${index}]`;
    at += all.length;
  }
  return query;
}

/** Nothing but the shells of tests is left. */
function isEmpty(code: string): boolean {
  const shell =
    /(?:(?:pm|insomnia|client)\.)?test\(\s*(["'`])[^"'`\n]*\1\s*,\s*(?:async\s+)?(?:function\s*\w*\s*\(\s*\)|\(\s*\)\s*=>)\s*\{[\s;]*\}\s*\)/g;
  return code.replace(shell, '').replace(/[\s;]+/g, '') === '';
}
