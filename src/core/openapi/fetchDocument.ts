import { LatchkeyError } from '../errors';
import { nothingExpected } from '../expect/expectations';
import { withoutConnection } from '../http/authorise';
import type { HttpRequest } from '../http/httpRequest';
import { sendExchange, type SendDependencies } from '../http/sendExchange';

/** Bytes. */
const LONGEST = 64 * 1024 * 1024;
/** Milliseconds. */
const timeouts = { connect: 15_000, headers: 30_000, idle: 30_000, total: undefined };
const headers = [['Accept', 'application/json, application/yaml, text/yaml;q=0.9, */*;q=0.5']] as const;

/**
 * The text of a document on the web, asked for without any credentials.
 * @throws LatchkeyError why it cannot be had; an abort error.
 */
export async function fetchDocument(url: string, dependencies: SendDependencies, signal: AbortSignal): Promise<string> {
  const request: HttpRequest = {
    ...{ name: 'description', method: 'GET', url, headers, body: undefined, auth: { kind: 'none' } },
    ...{ redirects: 10, cookies: false, timeouts, expect: nothingExpected, captures: [] },
  };
  const { outcome } = await sendExchange(withoutConnection(request), dependencies, { signal, bodyLimit: LONGEST });
  if (outcome.kind === 'failure') throw outcome.error;
  signal.throwIfAborted();
  if (outcome.kind !== 'response') throw new Error(`Fetching ended as ${outcome.kind}`);
  const { status, body } = outcome.response;
  try {
    if (status < 200 || status > 299) throw new LatchkeyError('description.notServed', { url, status });
    return new TextDecoder().decode(await body.read(0, body.size));
  } finally {
    body.dispose();
  }
}
