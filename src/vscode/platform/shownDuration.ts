import * as vscode from 'vscode';
import { durationText } from '../../shared/formatValues';

/** Milliseconds as the runner shows them, in the language of the editor. */
export function shownDuration(milliseconds: number): string {
  return durationText(vscode.env.language, milliseconds);
}
