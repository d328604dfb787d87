import type { RequestEntry } from '../request/model';

/** Whether a request can be sent before another without a word (security: sending one request runs another). */
export function isSilent({ method }: Pick<RequestEntry, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Whether a protected environment lets it pass without asking. */
export function changesNothing({ method }: Pick<RequestEntry, 'method'>): boolean {
  return method !== undefined && /^(GET|HEAD|OPTIONS|TRACE)$/.test(method);
}
