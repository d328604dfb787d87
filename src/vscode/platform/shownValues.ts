import * as vscode from 'vscode';
import { durationText, sizeText } from '../../shared/formatValues';

/** Milliseconds as the runner shows them, in the language of the editor. */
export function shownDuration(milliseconds: number): string {
  return durationText(vscode.env.language, milliseconds);
}

/** Bytes as the runner shows them, in the language of the editor. */
export function shownSize(bytes: number): string {
  return sizeText(vscode.env.language, bytes);
}
