import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Node } from 'oxc-parser';
import { childrenOf, keyOf, lineOf, parseSource, quasisOf, stringOf, textOf, type Source } from '../syntax';
import { isTranslation, sourceFiles } from './sourceStrings';

/** Calls whose texts people read. */
const shown =
  /\.(?:show(?:Information|Warning|Error)Message|setStatusBarMessage|showQuickPick|showInputBox|withProgress|append(?:Line)?)$/;

/** Keys and properties whose values people read. */
const readKeys = new Set([
  ...['label', 'description', 'detail', 'title', 'tooltip', 'placeHolder', 'prompt', 'message', 'button'],
  ...['openLabel', 'saveLabel', 'validationMessage', 'placeholder', 'documentation'],
]);

/**
 * Texts that people read and that never pass through `vscode.l10n.t`, with their places.
 * @param root of the checkout.
 */
export function rawStrings(root: string): readonly string[] {
  const found: string[] = [];
  for (const file of sourceFiles(root).filter((name) => name.startsWith('src/vscode/') || !name.includes('/core/'))) {
    if (file.startsWith('src/shared/')) continue;
    const source = parseSource(file, fs.readFileSync(path.join(root, file), 'utf8'));
    visit(source.program, source, (text, node) => found.push(`${file}:${lineOf(source, node)}: ${text}`));
  }
  return found;
}

function visit(node: Node, source: Source, report: (text: string, node: Node) => void): void {
  if (node.type === 'CallExpression' && isTranslation(node.callee, source)) return;
  const value = readValue(node, source);
  for (const each of value) {
    for (const text of proseIn(each)) report(text, each);
  }
  for (const child of childrenOf(node)) visit(child, source, report);
}

/** What of a node people read. */
function readValue(node: Node, source: Source): readonly Node[] {
  if (node.type === 'CallExpression' && shown.test(textOf(source, node.callee))) return node.arguments;
  if (node.type === 'Property' && readKeys.has(keyOf(source, node))) return [node.value];
  const isAssignment = node.type === 'AssignmentExpression' && node.operator === '=';
  return isAssignment && isReadProperty(node.left) ? [node.right] : [];
}

function isReadProperty(node: Node): boolean {
  if (node.type !== 'MemberExpression' || node.computed) return false;
  return node.property.type === 'Identifier' && readKeys.has(node.property.name);
}

/** Words in literals that make up an expression; what a call gives is looked at where it is made. */
function proseIn(node: Node): readonly string[] {
  const text = stringOf(node);
  if (text !== undefined) return prose(text);
  if (node.type === 'TemplateLiteral') return quasisOf(node).flatMap(prose);
  if (node.type === 'ConditionalExpression') return [node.consequent, node.alternate].flatMap(proseIn);
  if (/^(?:Binary|Logical|Assignment)Expression$/.test(node.type)) return childrenOf(node).flatMap(proseIn);
  if (node.type === 'ArrayExpression') return node.elements.flatMap((each) => (each ? proseIn(each) : []));
  return [];
}

/** Icons, units and signs are nobody's language. */
function prose(text: string): readonly string[] {
  const words = text.replace(/\$\([\w~-]+\)/g, '').replace(/\bms\b|cURL|OAuth|PKCE|Latchkey/g, '');
  return /\p{L}{2,}/u.test(words) ? [text] : [];
}
