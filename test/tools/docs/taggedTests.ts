import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Node } from 'oxc-parser';
import { childrenOf, parseSource, quasisOf, stringOf } from './syntax';

/** A test whose title names what it proves. */
export interface TaggedTest {
  /** Relative to the checkout, with forward slashes. */
  readonly file: string;
  /**
   * With the title of its suite before it unless that is the file's name, without the tags; `‹name›` or `…` where a
   * table of cases puts something in.
   */
  readonly title: string;
  /** Ids of requirements (`A3`) and features (`#pkce`). */
  readonly tags: readonly string[];
}

/** What begins like a tag is one, so that a slip in the rest is seen as an unknown id. */
const tagged = /^(.*\S) \[((?:[A-Z]\d+|#\w)[^\]]*)\]$/s;

/** All tests under `folder` of the checkout whose titles end with tags, by file and title. */
export function taggedTests(root: string, folder: string): readonly TaggedTest[] {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join(folder, file))
    .flatMap((file) => taggedTestsOf(file.replaceAll(path.sep, '/'), fs.readFileSync(path.join(root, file), 'utf8')))
    .sort((a, b) => compare(a.file, b.file) || compare(a.title, b.title));
}

/**
 * The titles with tags in one source, without running it. A title may stand in a table of cases, so every text that
 * ends with tags counts as one.
 */
export function taggedTestsOf(file: string, source: string): readonly TaggedTest[] {
  const name = path.basename(file, '.test.ts');
  const found: TaggedTest[] = [];
  const visit = (node: Node, suites: readonly string[]): void => {
    const match = tagged.exec(literalText(node) ?? '');
    if (match?.[1] !== undefined && match[2] !== undefined) {
      found.push({ file, title: [...suites, match[1]].join(' › '), tags: match[2].split(' ') });
    }
    const suite = suiteTitle(node);
    const inside = suite === undefined || suite === name ? suites : [...suites, suite];
    for (const child of childrenOf(node)) visit(child, inside);
  };
  visit(parseSource(file, source).program, []);
  return found;
}

function suiteTitle(node: Node): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  const [title] = node.arguments;
  return title && /^(?:describe|suite)$/.test(node.callee.name) ? literalText(title) : undefined;
}

function literalText(node: Node): string | undefined {
  if (node.type !== 'TemplateLiteral') return stringOf(node);
  const fillings = node.expressions.map(placeholder);
  return quasisOf(node)
    .map((text, index) => text + (fillings[index] ?? ''))
    .join('');
}

/** The name of what a table of cases puts in, when it has one. */
function placeholder(expression: Node): string {
  return expression.type === 'Identifier' ? `‹${expression.name}›` : '…';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
