import * as fs from 'node:fs';
import * as path from 'node:path';
import ts from 'typescript';
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
    const source = ts.createSourceFile(
      file,
      fs.readFileSync(path.join(root, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    visit(source, source, (text, node) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`${file}:${line + 1}: ${text}`);
    });
  }
  return found;
}

function visit(node: ts.Node, source: ts.SourceFile, report: (text: string, node: ts.Node) => void): void {
  if (ts.isCallExpression(node) && isTranslation(node.expression, source)) return;
  const value = readValue(node, source);
  for (const each of value) {
    for (const text of proseIn(each, source)) report(text, each);
  }
  ts.forEachChild(node, (child) => visit(child, source, report));
}

/** What of a node people read. */
function readValue(node: ts.Node, source: ts.SourceFile): readonly ts.Expression[] {
  if (ts.isCallExpression(node) && shown.test(node.expression.getText(source))) return [...node.arguments];
  if (ts.isPropertyAssignment(node) && readKeys.has(node.name.getText(source))) return [node.initializer];
  const isAssignment = ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  if (isAssignment && ts.isPropertyAccessExpression(node.left) && readKeys.has(node.left.name.text)) return [node.right];
  return [];
}

/** Words in literals that make up an expression; what a call gives is looked at where it is made. */
function proseIn(node: ts.Expression, source: ts.SourceFile): readonly string[] {
  if (ts.isStringLiteralLike(node)) return prose(node.text);
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].flatMap(prose);
  }
  if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse].flatMap((each) => proseIn(each, source));
  if (ts.isBinaryExpression(node)) return [node.left, node.right].flatMap((each) => proseIn(each, source));
  if (ts.isParenthesizedExpression(node)) return proseIn(node.expression, source);
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap((each) => proseIn(each, source));
  return [];
}

/** Icons, units and signs are nobody's language. */
function prose(text: string): readonly string[] {
  const words = text.replace(/\$\([\w~-]+\)/g, '').replace(/\bms\b|cURL|OAuth|PKCE|Latchkey/g, '');
  return /\p{L}{2,}/u.test(words) ? [text] : [];
}
