import type { SentRequest } from '../../core/http/exchange';
import type { SentView } from '../../shared/viewModel';
import { presentHeaders } from './presentHeaders';

/** Characters of the body that are posted to the view. */
const MOST_BODY = 64 * 1024;

/** The request as sent, for the view. It is masked already. */
export function presentSent(request: SentRequest): SentView {
  const { method, url, headers, body, bodyBytes } = request;
  return { method, url, headers: presentHeaders(headers), body: body?.slice(0, MOST_BODY), bodyBytes };
}
