import { STATUS_CODES } from 'node:http';
import { finished } from 'node:stream/promises';
import { unauthorized } from './bearer';
import { echo } from './echo';
import { numberFrom, Problem, sendEmpty, sendJson, type Exchange } from './exchange';
import type { Route } from './router';

/** Answers that are awkward on purpose: statuses, redirects, slowness, size. None of them needs a token. */
export function testRoutes(otherOrigin: () => string): readonly Route[] {
  return [
    ['*', '/echo', (exchange) => echo(exchange)],
    ['*', '/status/:code', status],
    ['*', '/problem', problem],
    ['*', '/redirect/:count', redirect],
    [
      '*',
      '/redirect-to-other-origin',
      (exchange) => {
        const code = redirectStatus(exchange);
        sendEmpty(exchange, code, { location: `${otherOrigin()}/landed` });
      },
    ],
    ['*', '/slow', slow],
    ['GET', '/bytes/:count', bytes],
    ['GET', '/json/:count', bigJson],
  ];
}

function status(exchange: Exchange): void {
  const code = numberFrom(exchange.parameters[0], 'The status', 200, 599);
  if (code < 200) throw new Problem(400, 'Bad request', 'The status must be from 200 to 599.');
  if (code === 401) throw unauthorized(exchange, 'You asked for it.');
  const headers = code === 429 || code === 503 ? { 'retry-after': '1' } : {};
  if (code === 204 || code === 205 || code === 304) sendEmpty(exchange, code, headers);
  else sendJson(exchange, code, { status: code, reason: STATUS_CODES[code] ?? 'Unknown' }, headers);
}

function problem(): void {
  const errors = [
    { field: 'quantity', reason: 'must be above 0' },
    { field: 'sku', reason: 'is not in the catalogue' },
  ];
  throw new Problem(422, 'Unprocessable content', 'The order has 2 mistakes.', { members: { errors } });
}

function redirect(exchange: Exchange): void {
  const count = numberFrom(exchange.parameters[0], 'The number of redirects', 1, 100);
  const location = count > 1 ? `/redirect/${count - 1}${exchange.url.search}` : '/echo';
  sendEmpty(exchange, redirectStatus(exchange), { location });
}

function redirectStatus(exchange: Exchange): number {
  const code = numberFrom(exchange.url.searchParams.get('status'), 'status', 302, 308);
  if ([301, 302, 303, 307, 308].includes(code)) return code;
  throw new Problem(400, 'Bad request', 'status must be 301, 302, 303, 307 or 308.');
}

function slow(exchange: Exchange): void {
  const delay = numberFrom(exchange.url.searchParams.get('ms'), 'ms', 2000, 120_000);
  const timer = setTimeout(() => sendJson(exchange, 200, { waited: delay }), delay);
  exchange.res.once('close', () => clearTimeout(timer));
}

const gigabyte = 1_000_000_000;

async function bytes(exchange: Exchange): Promise<void> {
  const count = numberFrom(exchange.parameters[0], 'The number of bytes', 0, gigabyte);
  const block = Buffer.alloc(65_536, '0123456789abcdef');
  await stream(exchange, 'application/octet-stream', { 'content-length': String(count) }, function* () {
    for (let left = count; left > 0; left -= block.length) yield left < block.length ? block.subarray(0, left) : block;
  });
}

async function bigJson(exchange: Exchange): Promise<void> {
  const count = numberFrom(exchange.parameters[0], 'The number of items', 0, 10_000_000);
  await stream(exchange, 'application/json; charset=utf-8', {}, function* () {
    yield '{"items":[';
    for (let start = 0; start < count; start += 500) {
      const rows = Array.from({ length: Math.min(500, count - start) }, (_unused, index) => jsonRow(start + index));
      yield (start === 0 ? '' : ',') + rows.join(',');
    }
    yield `],"total":${count}}`;
  });
}

function jsonRow(index: number): string {
  return `\n{"id":${index},"name":"Item ${index}","even":${String(index % 2 === 0)},"price":${(index % 9973) / 100},"tags":["a","b"]}`;
}

/** Writes as fast as the reader reads, and stops when the reader is gone. */
async function stream(
  { req, res }: Exchange,
  type: string,
  headers: Readonly<Record<string, string>>,
  parts: () => Iterable<Buffer | string>,
): Promise<void> {
  res.writeHead(200, { 'content-type': type, 'cache-control': 'no-store', ...headers });
  if (req.method !== 'HEAD') {
    for (const part of parts()) {
      if (!res.write(part)) await new Promise<void>((resume) => onceEither(res, resume));
      if (res.destroyed) return;
    }
  }
  res.end();
  await finished(res).catch(() => undefined);
}

function onceEither(res: Exchange['res'], resume: () => void): void {
  const done = (): void => {
    res.off('drain', done).off('close', done);
    resume();
  };
  res.on('drain', done).on('close', done);
}
