import type { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { LatchkeyError } from '../../core/errors';
import type { Proxy } from '../../core/http/proxy';
import { parseHttpUrl, shownAddress } from '../../core/http/httpUrl';
import { bodySize, isStreamed } from '../../core/http/wireBody';
import type { WireRequest } from '../../core/ports';
import { revealForTransport, Secret, type Sensitive } from '../../core/secret';

/** A request in the terms of the HTTP client: secrets are plain from here on, on their way to the socket. */
export interface PreparedRequest {
  readonly url: URL;
  readonly method: string;
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  /** A body that is made while it is sent begins anew each time it is iterated. */
  readonly body: Buffer | Readable | undefined;
  readonly upgrade: 'websocket' | undefined;
  /** The headers without those that frame the message on the connection; secrets are still wrapped. */
  readonly given: WireRequest['headers'];
  /** What says how long the body is, where anything does. */
  readonly length: WireRequest['headers'];
  /** All headers as they go out over HTTP/1.1, for showing: secrets are still wrapped. */
  readonly headersSent: WireRequest['headers'];
}

type SensitiveHeader = WireRequest['headers'][number];

/** The codings that can be undone here; zstd came with Node 22.15. */
const ACCEPT_ENCODING = 'createZstdDecompress' in zlib ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br';

/** Frame the message on the connection; a file that set them could only break it. */
const FRAMING = /^(?:transfer-encoding|keep-alive|upgrade|expect)$/i;

/** Methods whose request is expected to have a body, so that none is announced as `Content-Length: 0`. */
const WITH_BODY = /^(?:POST|PUT|PATCH|QUERY|PROPFIND|PROPPATCH)$/;

/**
 * @param codings those that can be undone in the answer
 * @throws LatchkeyError `http.invalidUrl`, `http.credentialsInUrl`, `http.invalidRequest`, `http.headerNotAllowed`,
 * `http.contentLengthMismatch`.
 */
export function prepareRequest(
  request: WireRequest,
  userAgent: string,
  codings: string = ACCEPT_ENCODING,
): PreparedRequest {
  const url = parseHttpUrl(request.url);
  // It asks for a tunnel, after which nothing would be HTTP any more.
  if (request.method === 'CONNECT') {
    throw new LatchkeyError('http.invalidRequest', { ...shownAddress(request.url), reason: 'CONNECT is for proxies' });
  }
  const length = isStreamed(request.body) ? request.body.size : bodySize(request.body);
  const own = request.headers.filter(
    ([name, value]) => !isFraming(name, value, length) && !(request.upgrade && name.toLowerCase() === 'connection'),
  );
  const added = [
    ...(request.upgrade || has(own, 'accept-encoding') ? [] : [['Accept-Encoding', codings] as const]),
    ...(has(own, 'user-agent') ? [] : [['User-Agent', userAgent] as const]),
  ];
  const all = [...own, ...added];
  const stated = length !== 0 || WITH_BODY.test(request.method) ? lengthHeader(length) : [];
  return {
    url,
    method: request.method,
    path: url.pathname + url.search,
    headers: [...all.flatMap(([name, value]) => [name, revealForTransport(value)]), ...lengthOfStream(request.body)],
    body: sendableBody(request.body),
    upgrade: request.upgrade,
    given: all,
    length: stated,
    headersSent: request.upgrade ? asUpgrade(all, url) : asSent(all, url, request.method, stated),
  };
}

/**
 * The request as a proxy wants it (RFC 9112 §3.2.2): with the whole URL and what the proxy asks for. What goes through
 * a tunnel stays as it is, because the proxy's credentials are none of the server's business.
 */
export function throughProxy(request: PreparedRequest, { authorization }: Proxy): PreparedRequest {
  const { url, path } = request;
  if (url.protocol !== 'http:' || request.upgrade) return request;
  const whole = { ...request, path: url.origin + path };
  if (!authorization) return whole;
  const name = 'Proxy-Authorization';
  return {
    ...whole,
    headers: [...request.headers, name, revealForTransport(authorization)],
    headersSent: [...request.headersSent, [name, authorization]],
  };
}

/** The client knows the length of bytes, and has to be told that of a stream. */
function lengthOfStream(body: WireRequest['body']): readonly string[] {
  return isStreamed(body) && body.size !== undefined && body.size > 0 ? ['content-length', String(body.size)] : [];
}

function sendableBody(body: WireRequest['body']): PreparedRequest['body'] {
  if (body === undefined) return undefined;
  if (isStreamed(body)) {
    if (body.size === 0) return Buffer.alloc(0);
    const iterable: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => body.open()[Symbol.asyncIterator]() };
    // undici takes any async iterable; its types say so for its other methods only.
    return iterable as Readable;
  }
  if (body instanceof Secret) return Buffer.from(revealForTransport(body));
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** Content-Length is left to the client, which knows it; the others cannot be set at all. */
function isFraming(name: string, value: Sensitive, length: number | undefined): boolean {
  if (FRAMING.test(name)) throw new LatchkeyError('http.headerNotAllowed', { header: name });
  if (name.toLowerCase() !== 'content-length') return false;
  const stated = revealForTransport(value).trim();
  const actual = length ?? stated;
  if (stated !== String(actual)) throw new LatchkeyError('http.contentLengthMismatch', { stated, actual });
  return true;
}

function has(headers: readonly SensitiveHeader[], name: string): boolean {
  return headers.some(([key]) => key.toLowerCase() === name);
}

/** The client puts the host and the connection in front, and the length at the end. */
function asSent(
  headers: readonly SensitiveHeader[],
  url: URL,
  method: string,
  length: readonly SensitiveHeader[],
): SensitiveHeader[] {
  const named = (name: string): SensitiveHeader[] => headers.filter(([key]) => key.toLowerCase() === name);
  const close = named('connection').some(([, value]) => /\bclose\b/i.test(revealForTransport(value)));
  const host = named('host')[0]?.[1] ?? url.host;
  return [
    ['host', host],
    ['connection', close || method === 'HEAD' ? 'close' : 'keep-alive'],
    ...headers.filter(([key]) => !/^(?:host|connection)$/i.test(key)),
    ...length,
  ];
}

/** The client writes these itself. */
function asUpgrade(headers: readonly SensitiveHeader[], url: URL): SensitiveHeader[] {
  const host = headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? url.host;
  const others = headers.filter(([name]) => !/^(?:host|connection)$/i.test(name));
  return [['host', host], ['connection', 'upgrade'], ['upgrade', 'websocket'], ...others];
}

function lengthHeader(length: number | undefined): readonly SensitiveHeader[] {
  return [length === undefined ? ['transfer-encoding', 'chunked'] : ['content-length', String(length)]];
}
