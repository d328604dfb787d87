import * as vscode from 'vscode';

/** What the runner shows: a request of a file. Without a name, the first one. */
export interface RunnerTarget {
  readonly uri: vscode.Uri;
  readonly name: string | undefined;
  /** The environment it was sent with, when that was not the active one. */
  readonly environment: string | undefined;
  /** It stays on show when the cursor moves. */
  readonly isPinned?: boolean | undefined;
}

export type NamedTarget = RunnerTarget & { readonly name: string };

/** What was shown before the window was reloaded. */
export interface RestoredTarget extends RunnerTarget {
  /** When a send began that was on its way when the view was last drawn: milliseconds since the epoch. */
  readonly sendingSince: number | undefined;
}

/** The same for what is the same request. */
export function keyOf({ uri, name }: RunnerTarget): string {
  return `${uri.toString()} ${name ?? ''}`;
}

/** What the webview keeps, to show the same after a reload. */
export function encodeTarget({ uri, name, isPinned }: RunnerTarget, sendingSince?: number): string {
  return JSON.stringify({ uri: uri.toString(), name, ...(isPinned === true ? { isPinned } : {}), sendingSince });
}

/** Reads what {@link encodeTarget} wrote from the state that the webview kept; anything else is nothing. */
export function decodeTarget(state: unknown): RestoredTarget | undefined {
  const resume = typeof state === 'object' && state !== null && 'resume' in state ? state.resume : undefined;
  if (typeof resume !== 'string') return undefined;
  try {
    const { uri, name, isPinned, sendingSince } = JSON.parse(resume) as Readonly<Record<string, unknown>>;
    if (typeof uri !== 'string') return undefined;
    return {
      uri: vscode.Uri.parse(uri, true),
      name: typeof name === 'string' ? name : undefined,
      environment: undefined,
      isPinned: isPinned === true,
      sendingSince: typeof sendingSince === 'number' ? sendingSince : undefined,
    };
  } catch {
    return undefined;
  }
}
