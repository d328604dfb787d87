import * as vscode from 'vscode';
import type { ComparedText } from '../../core/compare/comparableTexts';
import { COMPARED_LENGTH } from '../../core/compare/comparableTexts';
import { LatchkeyError } from '../../core/errors';
import type { HistoryRecord } from '../../core/history/historyEntry';
import type { BodyLanguage } from '../../core/response/classify';
import type { Run } from '../runner/runStore';

/** One side of a comparison. */
export interface ComparedResponse extends ComparedText {
  readonly language: BodyLanguage;
  /** Milliseconds since the epoch; `undefined` for a file. */
  readonly at: number | undefined;
  readonly environment: string | undefined;
  /** What it is, for people, beside its name. */
  readonly facts: string;
}

/** Bytes of a file. */
const LARGEST_FILE = 16 * 1024 * 1024;

/** @throws LatchkeyError `compare.notText` */
export async function comparedRun(name: string, run: Run, environment: string | undefined): Promise<ComparedResponse> {
  const { state, body, exchange } = run;
  if (state.kind !== 'response' || body?.kind.kind !== 'text') throw new LatchkeyError('compare.notText', { name });
  const text = await body.text('raw');
  const { language } = body.kind;
  const at = exchange?.startedAt;
  return {
    ...{ text, language, at, environment },
    isJson: language === 'json',
    isWhole: text.length <= COMPARED_LENGTH && body.shownBytes >= body.size,
    isKept: false,
    facts: factsOf(state.exchange.status, environment, at),
  };
}

/** @throws LatchkeyError `compare.notText`, `history.unreadable` */
export function comparedEntry({ entry, body, detail }: HistoryRecord): ComparedResponse {
  const { outcome, request: name, environment, at } = entry;
  if (outcome.kind !== 'response' || !body) throw new LatchkeyError('compare.notText', { name });
  const language = languageOf(detail);
  return {
    ...{ text: body.text, isWhole: body.isWhole, language, at, environment },
    isJson: language === 'json',
    isKept: true,
    facts: factsOf(outcome.status, environment, at),
  };
}

/** @throws LatchkeyError `compare.notAFile` */
export async function comparedFile(uri: vscode.Uri): Promise<ComparedResponse> {
  const file = uri.path.split('/').at(-1) ?? uri.path;
  const refuse = (cause?: unknown): never => {
    throw new LatchkeyError('compare.notAFile', { file, limit: '16 MB' }, { cause });
  };
  const stat = await Promise.resolve(vscode.workspace.fs.stat(uri)).catch(refuse);
  if (stat.size > LARGEST_FILE) refuse();
  const bytes = await Promise.resolve(vscode.workspace.fs.readFile(uri)).catch(refuse);
  let text = '';
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    refuse(error);
  }
  const language = /^\s*[[{]/.test(text) ? 'json' : /^\s*</.test(text) ? 'xml' : 'text';
  return {
    ...{ text, language, isWhole: true, isKept: false },
    isJson: language === 'json',
    ...{ at: undefined, environment: undefined },
    facts: file,
  };
}

/** `200 · staging · 12:04:11`, with the day when it was another one. */
function factsOf(status: number, environment: string | undefined, at: number | undefined): string {
  const when = at === undefined ? undefined : new Date(at);
  const isToday = when?.toDateString() === new Date().toDateString();
  return [
    String(status),
    ...(environment === undefined ? [] : [environment]),
    ...(when
      ? [isToday ? when.toLocaleTimeString(vscode.env.language) : when.toLocaleString(vscode.env.language)]
      : []),
  ].join(' · ');
}

/** The detail is the runner's state, which says what the body is. */
function languageOf(detail: unknown): BodyLanguage {
  const language = (detail as { exchange?: { body?: { language?: unknown } } } | null)?.exchange?.body?.language;
  return language === 'json' || language === 'xml' || language === 'html' ? language : 'text';
}
