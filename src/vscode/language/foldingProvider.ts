import * as vscode from 'vscode';
import { foldedLines } from '../../core/language/folding';

/** Folds requests and everything in them. */
export class FoldingProvider implements vscode.FoldingRangeProvider {
  provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
    return foldedLines(document.getText()).map(
      ({ start, end, isComment }) =>
        new vscode.FoldingRange(start, end, isComment ? vscode.FoldingRangeKind.Comment : undefined),
    );
  }
}
