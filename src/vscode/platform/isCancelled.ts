import * as vscode from 'vscode';
import { isAbort } from '../../core/errors';

/** Whether a caught value is VS Code's or our own way of saying that the user cancelled. */
export function isCancelled(error: unknown): boolean {
  return isAbort(error) || error instanceof vscode.CancellationError;
}
