import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { LatchkeyError } from '../../src/core/errors';
import { examineExchange, type Examination } from '../../src/core/expect/examineExchange';
import type { BodyThreads } from '../../src/core/expect/bodyThreads';
import type { Exchange, Outcome } from '../../src/core/http/exchange';
import type { Header } from '../../src/core/ports';
import type { Secret } from '../../src/core/secret';
import { resolved, type ResolveOptions } from './requestFiles';

export interface AnswerOptions {
  readonly status?: number;
  readonly headers?: readonly Header[];
  /** Milliseconds. */
  readonly duration?: number;
  readonly secrets?: readonly Secret[];
}

/** An exchange that ended with this body. */
export function answered(body: string | Uint8Array, options: AnswerOptions = {}): Exchange {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const { status = 200, headers = [], duration = 100, secrets = [] } = options;
  const response = {
    status,
    statusText: 'OK',
    headers,
    body: {
      size: bytes.length,
      read: (start: number, end: number) => Promise.resolve(bytes.subarray(start, end)),
      dispose: () => undefined,
    },
  };
  return { ...ended({ kind: 'response', response }), duration, secrets };
}

/** An exchange that ended in that way. */
export function ended(outcome: Outcome): Exchange {
  const request = { method: 'GET', url: 'https://api.test/orders?page=1', headers: [], body: undefined, bodyBytes: 0 };
  const hops = outcome.kind === 'response' ? [{ request, ...outcome.response, timings: { headers: 3 } }] : [];
  return { id: 'x', request, hops, outcome, startedAt: 5, duration: 7 };
}

export const refusedExchange = ended({
  kind: 'failure',
  error: new LatchkeyError('http.connectionRefused', { host: 'h', port: '1' }),
});

export interface ExamineOptions extends ResolveOptions {
  /** Files of the workspace folder, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Where bodies are looked into; left out: here. */
  readonly threads?: BodyThreads;
  readonly signal?: AbortSignal;
}

/** Holds an exchange against what a request says: YAML below `get:`, such as `expect: { status: 200 }`. */
export function examine(lines: string, exchange: Exchange, options: ExamineOptions = {}): Promise<Examination> {
  const text = `requests:\n  a:\n    get: https://api.test/orders\n${lines.replace(/^/gm, '    ')}\n`;
  const request = resolved(text, options);
  const { files = {}, directory = '', threads, signal = new AbortController().signal } = options;
  const read = (path: string): Promise<Uint8Array> => {
    const content = Object.hasOwn(files, path) ? files[path] : undefined;
    if (content === undefined) return Promise.reject(new LatchkeyError('file.notFound', { file: path }));
    return Promise.resolve(new TextEncoder().encode(content));
  };
  return examineExchange(exchange, request, { files: { directory, read }, pause: () => nextTurn(), threads, signal });
}

/** What did not hold: `what: actual`. */
export async function broken(lines: string, exchange: Exchange, options?: ExamineOptions): Promise<readonly string[]> {
  const { ok, expectations } = await examine(lines, exchange, options);
  const failed = expectations.filter((result) => !result.ok);
  if (failed.length > 0) assert.equal(ok, false);
  return failed.map(({ what, actual }) => `${what}: ${actual ?? '–'}`);
}
