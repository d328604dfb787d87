import assert from 'node:assert/strict';
import { withoutConnection } from '../../src/core/http/authorise';
import type { Exchange } from '../../src/core/http/exchange';
import type { HttpRequest } from '../../src/core/http/httpRequest';
import { sendExchange, type SendOptions } from '../../src/core/http/sendExchange';
import type { HttpTransport } from '../../src/core/ports';
import { httpRequest, sendDependencies } from './requests';

/** Sends a request without a token. */
export function exchangeWith(
  transport: HttpTransport,
  url: HttpRequest['url'],
  changes: Partial<HttpRequest> = {},
  options: Partial<SendOptions> = {},
): Promise<Exchange> {
  const request = withoutConnection(httpRequest(url, changes));
  return sendExchange(request, sendDependencies(transport), { signal: new AbortController().signal, ...options });
}

/** The code of the failure an exchange ended with; else how it ended. */
export function endOf({ outcome }: Exchange): string {
  if (outcome.kind === 'failure') return outcome.error.code;
  return outcome.kind === 'response' ? String(outcome.response.status) : outcome.kind;
}

export async function bytesOf({ outcome }: Exchange): Promise<Buffer> {
  if (outcome.kind === 'failure') throw outcome.error;
  assert.equal(outcome.kind, 'response');
  const { body } = outcome.response;
  return Buffer.from(await body.read(0, body.size));
}

export async function textOf(exchange: Exchange): Promise<string> {
  return (await bytesOf(exchange)).toString();
}

/** What the failure's sentence and next step were filled with. */
export function dataOf({ outcome }: Exchange): Readonly<Record<string, string | number>> {
  assert.equal(outcome.kind, 'failure');
  return outcome.error.data;
}
