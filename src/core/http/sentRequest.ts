import type { Header, WireRequest } from '../ports';
import type { SecretMasker } from './secretMasker';
import { redact, Secret } from '../secret';
import type { SentRequest } from './exchange';
import { bodySize, isStreamed } from './wireBody';

/** More of a request body than this is not shown; the file it came from has it all. */
const SHOWN_BODY = 1024 * 1024;

/** A request as it may be shown: what `authorise` or a secret contributed is masked. */
export function toSentRequest(request: WireRequest, headers: WireRequest['headers'], mask: SecretMasker): SentRequest {
  return {
    method: request.method,
    url: mask(request.upgrade ? redact(request.url).replace(/^http/, 'ws') : redact(request.url)),
    headers: headers.map(([name, value]): Header => [name, mask(redact(value))]),
    body: shownBody(request.body, mask),
    bodyBytes: bodySize(request.body),
  };
}

function shownBody(body: WireRequest['body'], mask: SecretMasker): string | undefined {
  if (body === undefined || body instanceof Secret) return body?.shown;
  if (isStreamed(body)) return mask(body.shown);
  const text = mask(new TextDecoder().decode(body.subarray(0, SHOWN_BODY)));
  return body.length > SHOWN_BODY ? `${text}…` : text;
}
