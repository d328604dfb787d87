import { abortError, LatchkeyError } from '../core/errors';
import { shownAddress, shownOrigin } from '../core/http/httpUrl';
import type { HttpTransport, TransportObserver, WireRequest, WireResponse } from '../core/ports';
import { prepareRequest, type PreparedRequest } from './http/preparedRequest';
import { transportError } from './http/transportError';

/** What VS Code has put in the place of Node's own: it knows the proxies that a script or a sign-in stands before. */
export type EditorFetch = typeof globalThis.fetch;

/** The codings that it undoes. Zstd is one in newer versions only; the others pass it on as it came. */
const CODINGS = 'gzip, deflate, br';

/**
 * Sends by the `fetch` of the process. Slower than our own transport, and it tells nothing of its phases, writes header
 * names in its own way and takes no certificates of ours; but where VS Code gets through, this does too.
 */
export class EditorTransport implements HttpTransport {
  readonly #userAgent: string;
  readonly #fetch: () => EditorFetch;

  /** @param fetch what to send by, asked for each request */
  constructor(userAgent: string, fetch: () => EditorFetch = () => globalThis.fetch) {
    this.#userAgent = userAgent;
    this.#fetch = fetch;
  }

  async send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<WireResponse> {
    const prepared = prepareRequest(request, this.#userAgent, CODINGS);
    requirePossible(request, prepared);
    if (signal.aborted) throw abortError();
    // How far it has come is not told; the server may take its time.
    observer?.onPhase('waiting');
    const began = performance.now();
    let response: Response;
    try {
      response = await this.#fetch()(prepared.url, fetchOptions(prepared, signal));
    } catch (error) {
      throw failure(error, request, signal);
    }
    return {
      status: response.status,
      statusText: response.statusText,
      headers: [...response.headers],
      body: bodyOf(response, request, signal),
      timings: { headers: performance.now() - began },
      headersSent: [...prepared.given, ...prepared.length],
    };
  }
}

/** @throws LatchkeyError `http.editorTransportTls`, `http.editorTransportMethod`, `http.editorTransportBody` */
function requirePossible({ url, tls }: WireRequest, { method, body }: PreparedRequest): void {
  if (tls) throw new LatchkeyError('http.editorTransportTls', { origin: shownOrigin(url) });
  if (/^trac[ek]$/i.test(method)) throw new LatchkeyError('http.editorTransportMethod', { method });
  if (body !== undefined && /^(?:get|head)$/i.test(method)) {
    throw new LatchkeyError('http.editorTransportBody', { method });
  }
}

function fetchOptions({ method, headers, body }: PreparedRequest, signal: AbortSignal): RequestInit {
  const given = new Headers();
  for (let index = 0; index < headers.length; index += 2) given.append(headers[index] ?? '', headers[index + 1] ?? '');
  // Each hop is decided on by us.
  const options = { method, headers: given, redirect: 'manual', signal } as const;
  if (body === undefined) return options;
  // One that is made while it is sent is an async iterable, whatever its type says.
  const withBody = { ...options, body: body as NonNullable<RequestInit['body']>, duplex: 'half' } as const;
  return withBody;
}

async function* bodyOf(response: Response, request: WireRequest, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    for await (const piece of response.body ?? []) {
      const bytes = piece as Uint8Array;
      received += bytes.length;
      yield bytes;
    }
  } catch (error) {
    throw failure(error, request, signal, received);
  }
}

/** Fetch wraps what happened in an error of its own. */
function failure(error: unknown, { url }: WireRequest, signal: AbortSignal, received?: number): Error {
  if (signal.aborted) return abortError();
  const happened = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = happened instanceof Error ? happened.message : String(happened);
  const failed = new LatchkeyError('http.editorTransportFailed', { ...shownAddress(url), reason }, { cause: happened });
  // A proxy that makes no tunnel looks like a request that somebody gave up.
  if (!(happened instanceof Error) || happened.name === 'AbortError') return failed;
  const progress = received === undefined ? 'sent' : 'receiving';
  const known = transportError(happened, { url, progress, receivedBytes: received ?? 0 });
  return known instanceof LatchkeyError && known.code === 'http.failed' ? failed : known;
}
