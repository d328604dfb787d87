import type * as vscode from 'vscode';
import { isCancelled } from '../platform/isCancelled';

/** Does what VS Code asks a provider for; `undefined` when it does not want to know any more. */
export async function whileWanted<T>(
  token: vscode.CancellationToken,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T | undefined> {
  const abort = new AbortController();
  if (token.isCancellationRequested) return undefined;
  const listening = token.onCancellationRequested(() => abort.abort());
  try {
    return await work(abort.signal);
  } catch (error) {
    if (abort.signal.aborted && isCancelled(error)) return undefined;
    throw error;
  } finally {
    listening.dispose();
  }
}
