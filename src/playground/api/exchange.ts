import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request to the API and the means to answer it. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly method: string;
  readonly url: URL;
  /** Parts of the path that the route left open, decoded. */
  readonly parameters: readonly string[];
}

/** An answer that ends the request early: RFC 9457 problem details. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;
  constructor(
    status: number,
    title: string,
    detail: string,
    extra: {
      readonly headers?: Readonly<Record<string, string>>;
      readonly members?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(detail);
    this.status = status;
    this.title = title;
    this.headers = extra.headers ?? {};
    this.members = extra.members ?? {};
  }
}

export function sendJson(
  exchange: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(exchange, status, 'application/json; charset=utf-8', JSON.stringify(body), headers);
}

export function sendProblem(exchange: Exchange, problem: Problem): void {
  const { status, title, message: detail, members } = problem;
  const body = JSON.stringify({ type: 'about:blank', title, status, detail, ...members });
  send(exchange, status, 'application/problem+json; charset=utf-8', body, problem.headers);
}

export function sendEmpty(exchange: Exchange, status: number, headers: Readonly<Record<string, string>> = {}): void {
  exchange.res.writeHead(status, { 'cache-control': 'no-store', ...headers }).end();
}

function send(
  { req, res }: Exchange,
  status: number,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): void {
  res.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    ...headers,
  });
  res.end(req.method === 'HEAD' ? undefined : body);
}

const bodyLimit = 1024 * 1024;

/** The body as text. @throws Problem 413 beyond 1 MiB */
export async function readText({ req }: Exchange): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit)
      throw new Problem(413, 'Too large', 'Bodies may have up to 1 MiB.', { headers: { connection: 'close' } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The body as a JSON object. @throws Problem 400 or 415 */
export async function readJsonObject(exchange: Exchange): Promise<Readonly<Record<string, unknown>>> {
  const type = exchange.req.headers['content-type'] ?? '';
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) {
    throw new Problem(415, 'Unsupported media type', `Send application/json, not ${type === '' ? 'nothing' : type}.`);
  }
  const text = await readText(exchange);
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, unknown>>;
  } catch {
    // Answered below, like JSON that is not an object.
  }
  throw new Problem(400, 'Bad request', 'The body is not a JSON object.');
}

/** A whole number from the query. @throws Problem 400 */
export function numberFrom(text: string | null | undefined, what: string, fallback: number, max: number): number {
  if (text === null || text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value <= max) return value;
  throw new Problem(400, 'Bad request', `${what} must be a whole number from 0 to ${max}.`);
}
