import type { HistoryEntry, HistoryRecord, KeptOutcome } from './historyEntry';

/** Raised when the form of the files changes; files of another form are passed over. */
const FORM = 1;

/** Longest first line. A URL that is longer is cut in lists; the detail has all of it. */
const LONGEST_URL = 2000;
export const LONGEST_HEAD = 16 * 1024;

interface Head {
  readonly entry: HistoryEntry;
  /** UTF-16 units of the detail and of the body. */
  readonly detail: number;
  readonly body: { readonly length: number; readonly isWhole: boolean } | undefined;
}

/**
 * A record as a file: a line for the list, a line for the detail, and the body as it is. The first line says how long
 * the rest must be, so that a file that was not written to its end is known.
 */
export function historyText({ entry, detail, body }: HistoryRecord): string {
  const url = entry.url.length > LONGEST_URL ? `${entry.url.slice(0, LONGEST_URL)}…` : entry.url;
  const details = JSON.stringify(detail);
  const head = {
    latchkey: FORM,
    entry: { ...entry, url },
    detail: details.length,
    ...(body ? { body: { length: body.text.length, isWhole: body.isWhole } } : {}),
  };
  return `${JSON.stringify(head)}\n${details}\n${body?.text ?? ''}`;
}

/** The entry of a file by its first line; `undefined` when it is none of ours. `start` may go on behind that line. */
export function readHistoryEntry(start: string): HistoryEntry | undefined {
  return readHead(start)?.head.entry;
}

/** `undefined` when the file is not one of ours, or not whole. */
export function readHistoryText(text: string): HistoryRecord | undefined {
  const read = readHead(text);
  if (!read) return undefined;
  const { head, end } = read;
  const detailEnd = end + 1 + head.detail;
  const bodyText = text.slice(detailEnd + 1);
  if (text[detailEnd] !== '\n' || bodyText.length !== (head.body?.length ?? 0)) return undefined;
  const detail = parse(text.slice(end + 1, detailEnd));
  if (detail === undefined) return undefined;
  return { entry: head.entry, detail, body: head.body && { text: bodyText, isWhole: head.body.isWhole } };
}

function readHead(text: string): { readonly head: Head; readonly end: number } | undefined {
  const end = text.indexOf('\n');
  const head = end < 0 ? undefined : parse(text.slice(0, end));
  if (!isObject(head) || head['latchkey'] !== FORM) return undefined;
  const entry = readEntry(head['entry']);
  const { detail, body } = head;
  if (!entry || typeof detail !== 'number') return undefined;
  if (body === undefined) return { head: { entry, detail, body: undefined }, end };
  if (!isObject(body) || typeof body['length'] !== 'number' || typeof body['isWhole'] !== 'boolean') return undefined;
  return { head: { entry, detail, body: { length: body['length'], isWhole: body['isWhole'] } }, end };
}

function readEntry(value: unknown): HistoryEntry | undefined {
  if (!isObject(value)) return undefined;
  const { id, at, file, request, environment, method, url, duration, size } = value;
  const outcome = readOutcome(value['outcome']);
  if (typeof id !== 'string' || typeof at !== 'number' || !outcome) return undefined;
  if (typeof file !== 'string' || typeof request !== 'string') return undefined;
  if (typeof method !== 'string' || typeof url !== 'string') return undefined;
  return {
    ...{ id, at, file, request, method, url, outcome },
    environment: typeof environment === 'string' ? environment : undefined,
    duration: typeof duration === 'number' ? duration : undefined,
    size: typeof size === 'number' ? size : undefined,
  };
}

function readOutcome(value: unknown): KeptOutcome | undefined {
  if (!isObject(value)) return undefined;
  const { kind, status, statusText, ok, code } = value;
  if (kind === 'cancelled') return { kind };
  if (kind === 'failure' && typeof code === 'string') return { kind, code };
  if (kind !== 'response' || typeof status !== 'number') return undefined;
  if (typeof statusText !== 'string' || typeof ok !== 'boolean') return undefined;
  return { kind, status, statusText, ok };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
