import { parseSync, visitorKeys, type Node, type Program } from 'oxc-parser';

/** A source file as its text and its syntax tree, in which parentheses leave no trace. */
export interface Source {
  readonly file: string;
  readonly text: string;
  readonly program: Program;
}

/**
 * @param file name with its ending, which tells the language.
 * @throws {SyntaxError} for a text that is not in it.
 */
export function parseSource(file: string, text: string): Source {
  const { program, errors } = parseSync(file, text, { preserveParens: false });
  const [error] = errors;
  if (error) throw new SyntaxError(`${file}: ${error.message}`);
  return { file, text, program };
}

/** The nodes right below one. */
export function childrenOf(node: Node): readonly Node[] {
  const fields: Readonly<Record<string, unknown>> = { ...node };
  const values = (visitorKeys[node.type] ?? []).map((key) => fields[key]);
  return values.flat().filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** What stands in the source for a node. */
export function textOf({ text }: Source, { start, end }: Node): string {
  return text.slice(start, end);
}

/** The line that a node begins in, counted from 1. */
export function lineOf({ text }: Source, { start }: Node): number {
  return text.slice(0, start).split('\n').length;
}

/** The value of a string, or of a template that nothing is put into. */
export function stringOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined;
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined;
  return quasisOf(node).join('');
}

/** The texts of a template around what is put into it. */
export function quasisOf({ quasis }: Node & { type: 'TemplateLiteral' }): readonly string[] {
  return quasis.map(({ value }) => value.cooked ?? value.raw);
}

/** The name of a key of an object or a property, as the source has it. */
export function keyOf(source: Source, { key, computed }: Node & { type: 'Property' }): string {
  const name = textOf(source, key);
  return computed ? `[${name}]` : name;
}
