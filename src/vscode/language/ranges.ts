import * as vscode from 'vscode';
import type { TextRange } from '../../core/request/diagnostic';

export function vsCodeRange(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

export function textRange(document: vscode.TextDocument, { start, end }: vscode.Range): TextRange {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

/** The range in a text that is open in no editor. Opening it only to look at it would keep it as it is now. */
export function rangeInText(text: string, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(positionInText(text, start), positionInText(text, end));
}

function positionInText(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset);
  const lines = before.split(/\r\n|\r|\n/);
  return new vscode.Position(lines.length - 1, lines.at(-1)?.length ?? 0);
}
