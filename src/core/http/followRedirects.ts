import { LatchkeyError } from '../errors';
import type { WireRequest, WireResponse } from '../ports';
import { revealForTransport } from '../secret';
import { drain } from './drain';
import { redirectedRequest } from './redirects';

/** One request and its answer, whose body may not have been read. */
export interface SentHop {
  readonly request: WireRequest;
  readonly response: WireResponse;
}

/**
 * Sends a request and what its redirects ask for, up to `limit` redirects; 0 follows none. Resolves to the last hop,
 * whose body has not been read.
 * @param stateOf what else the server sees beside the request, such as cookies: it may answer differently by that.
 * @throws LatchkeyError `http.tooManyRedirects`, `http.redirectLoop`, and what {@link redirectedRequest} throws.
 */
export async function followRedirects<Hop extends SentHop>(
  first: WireRequest,
  limit: number,
  sendHop: (request: WireRequest) => Promise<Hop>,
  stateOf: (request: WireRequest) => string = () => '',
): Promise<Hop> {
  const identityOf = (request: WireRequest): string => `${requestIdentity(request)} ${stateOf(request)}`;
  const seen = new Set([identityOf(first)]);
  let hop = await sendHop(first);
  if (limit === 0) return hop;
  for (;;) {
    const next = await nextRequest(hop, seen, limit, identityOf);
    if (!next) return hop;
    hop = await sendHop(next);
  }
}

async function nextRequest(
  { request, response }: SentHop,
  seen: Set<string>,
  limit: number,
  identityOf: (request: WireRequest) => string,
): Promise<WireRequest | undefined> {
  let keepBody = false;
  try {
    const next = redirectedRequest(request, response.status, response.headers);
    keepBody = next === undefined;
    if (!next) return undefined;
    const url = shownUrl(next);
    if (seen.has(identityOf(next))) throw new LatchkeyError('http.redirectLoop', { url });
    if (seen.size > limit) throw new LatchkeyError('http.tooManyRedirects', { limit, url });
    seen.add(identityOf(next));
    return next;
  } finally {
    if (!keepBody) await drain(response.body);
  }
}

/** What the server would have to answer in the same way again. */
function requestIdentity({ method, url, headers }: WireRequest): string {
  return `${method} ${headers.length} ${revealForTransport(url)}`;
}

/** The target without its query, which often carries codes and tokens of the server's own. */
function shownUrl({ url }: WireRequest): string {
  const { origin, pathname } = new URL(revealForTransport(url));
  return `${origin}${pathname}`;
}
