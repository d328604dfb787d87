import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Node } from 'oxc-parser';
import { childrenOf, keyOf, parseSource, stringOf, textOf, type Source } from '../syntax';

/** What the sources say to people, and what of it cannot be translated. */
export interface SourceStrings {
  /** English source texts, sorted. */
  readonly strings: readonly string[];
  readonly faults: readonly string[];
}

const languageTables = new Set(
  ['expressionDocs', 'scopeNames', 'signingNames'].map((name) => `src/core/language/${name}.ts`),
);

/** Where texts are looked up by a value that tables of other files hold. */
const lookups = new Set(['src/vscode/platform/translated.ts', 'src/vscode/platform/errorText.ts']);

/**
 * Finds every text of the extension that VS Code can translate: what is given to `vscode.l10n.t`, and the tables of
 * texts that are looked up with it (`src/core/text`, the strings of the pages in `src/shared`, and the `docs` of the
 * request language).
 */
export function sourceStrings(root: string): SourceStrings {
  const found = new Set<string>();
  const faults: string[] = [];
  for (const file of sourceFiles(root)) {
    const source = parseSource(file, fs.readFileSync(path.join(root, file), 'utf8'));
    const take = isTable(file)
      ? tableStrings(source, () => true)
      : isDescribed(file)
        ? tableStrings(source, (key) => key === 'docs')
        : calledStrings(source);
    for (const text of take.strings) found.add(text);
    faults.push(...take.faults.map((fault) => `${file}: ${fault}`));
  }
  return { strings: [...found].sort(), faults };
}

/** The sources that speak to people, relative to the root, with `/`. */
export function sourceFiles(root: string): readonly string[] {
  const below = (folder: string): readonly string[] =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
  const tables = [...below('src/core'), ...below('src/shared')].filter((file) => isTable(file) || isDescribed(file));
  return [...below('src/vscode'), 'src/extension.ts', 'src/services.ts', ...tables].sort();
}

function isTable(file: string): boolean {
  return (
    file.startsWith('src/core/text/') || /^src\/shared\/\w+Strings\.ts$/.test(file) || languageTables.has(file)
  );
}

/** Tables of keys and snippets, each with what it means. */
function isDescribed(file: string): boolean {
  return file.startsWith('src/core/request/format/') || file === 'src/core/language/snippets.ts';
}

/** Every text that stands in a table: the value of a key that counts, at any depth. */
function tableStrings(source: Source, counts: (key: string) => boolean): SourceStrings {
  const strings: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'Property' && counts(keyOf(source, node))) {
      const text = literalText(node.value);
      if (text !== undefined && text !== '') strings.push(text);
    }
    childrenOf(node).forEach(visit);
  };
  visit(source.program);
  return { strings, faults: [] };
}

function calledStrings(source: Source): SourceStrings {
  const strings: string[] = [];
  const faults: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === 'CallExpression' && isTranslation(node.callee, source)) {
      const [first] = node.arguments;
      const texts = first && textsOf(first);
      if (texts) strings.push(...texts);
      else if (!first || !isLookup(first, source)) faults.push(`${textOf(source, node)} has no text to translate`);
    }
    childrenOf(node).forEach(visit);
  };
  visit(source.program);
  return { strings, faults };
}

/** `vscode.l10n.t`, or the `t` that a file has made of it. */
export function isTranslation(callee: Node, source: Source): boolean {
  const text = textOf(source, callee);
  return text === 'vscode.l10n.t' || (text === 't' && source.text.includes('const t = vscode.l10n.t'));
}

function textsOf(node: Node): readonly string[] | undefined {
  const text = literalText(node);
  if (text !== undefined) return [text];
  if (node.type !== 'ConditionalExpression') return undefined;
  const [yes, no] = [textsOf(node.consequent), textsOf(node.alternate)];
  return yes && no ? [...yes, ...no] : undefined;
}

function literalText(node: Node): string | undefined {
  if (node.type === 'TSAsExpression') return literalText(node.expression);
  if (node.type !== 'BinaryExpression' || node.operator !== '+') return stringOf(node);
  const [left, right] = [literalText(node.left), literalText(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** A table of `src/core/text` is asked, whose texts are all taken, or for the `docs` of a key. */
function isLookup(node: Node, source: Source): boolean {
  if (/(?:^|\.)docs$/.test(textOf(source, node))) return true;
  if (lookups.has(source.file)) return true;
  let root: Node = node.type === 'ChainExpression' ? node.expression : node;
  while (root.type === 'MemberExpression') root = root.object;
  const written = root.type === 'Identifier' ? root.name : '';
  const [, table] = new RegExp(`const ${written} = (\\w+)[[.]`).exec(source.text) ?? [];
  const name = table ?? written;
  return new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '[^']*/core/text/`).test(source.text);
}
