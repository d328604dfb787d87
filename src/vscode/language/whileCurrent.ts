import type * as vscode from 'vscode';
import type { Steps } from '../../core/request/steps';
import { runInSlices } from '../platform/runInSlices';

/** Does work on a document in slices; `undefined` when the document changed before it was done. */
export function whileCurrent<T>(document: vscode.TextDocument, steps: Steps<T>): Promise<T | undefined> {
  const { version } = document;
  return runInSlices(steps, () => document.isClosed || document.version !== version);
}
