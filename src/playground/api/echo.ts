import { readText, sendJson, type Exchange } from './exchange';

/** Answers with the request as it arrived. Credentials are shortened: an echo must not spread a token. */
export async function echo(exchange: Exchange, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const { method, url, req } = exchange;
  const text = await readText(exchange);
  sendJson(exchange, 200, {
    ...more,
    method,
    path: url.pathname,
    query: Object.fromEntries(
      [...new Set(url.searchParams.keys())].map((key) => [key, oneOrMany(url.searchParams.getAll(key))]),
    ),
    headers: headersOf(req.rawHeaders),
    body: text === '' ? null : bodyOf(text, req.headers['content-type'] ?? ''),
  });
}

function headersOf(raw: readonly string[]): Readonly<Record<string, string | readonly string[]>> {
  const headers: Record<string, string[]> = {};
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = (raw[index] ?? '').toLowerCase();
    (headers[name] ??= []).push(masked(name, raw[index + 1] ?? ''));
  }
  return Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, oneOrMany(values)]));
}

function masked(name: string, value: string): string {
  if (name === 'cookie') return '…';
  if (name !== 'authorization' && name !== 'proxy-authorization') return value;
  const [scheme = '', rest] = value.split(' ', 2);
  return rest === undefined ? '…' : `${scheme} …${rest.length > 12 ? rest.slice(-4) : ''}`;
}

function bodyOf(text: string, type: string): unknown {
  if (/^application\/(?:[\w.-]+\+)?json\b/i.test(type)) {
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return text;
  const form = new URLSearchParams(text);
  return Object.fromEntries([...new Set(form.keys())].map((key) => [key, oneOrMany(form.getAll(key))]));
}

function oneOrMany<T>(values: readonly T[]): T | readonly T[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}
