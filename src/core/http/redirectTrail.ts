import type { Hop } from './exchange';

/** What a redirect changed of a request. */
export interface RedirectChange {
  /** It led to another origin. */
  readonly isElsewhere: boolean;
  /** Names of headers that were not sent again. */
  readonly dropped: readonly string[];
  /** The body was not sent again: the redirect turned the method into GET. */
  readonly droppedBody: boolean;
}

/** Added by the transport for every connection, so their absence tells nothing. */
const OF_THE_CONNECTION = /^(?:connection|content-length|transfer-encoding|host|:authority|expect|keep-alive)$/i;

/** What the redirect between two hops changed. */
export function redirectChange({ request: before }: Hop, { request: after }: Hop): RedirectChange {
  const sent = new Set(after.headers.map(([name]) => name.toLowerCase()));
  const dropped = before.headers
    .map(([name]) => name)
    .filter((name) => !sent.has(name.toLowerCase()) && !OF_THE_CONNECTION.test(name));
  return {
    isElsewhere: URL.parse(before.url)?.origin !== URL.parse(after.url)?.origin,
    dropped: [...new Set(dropped)],
    droppedBody: before.bodyBytes > 0 && after.bodyBytes === 0,
  };
}
