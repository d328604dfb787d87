import type { RequestEntry } from '../request/model';

/** Whether a request can be sent before another without a word (security: sending one request runs another). */
export function isSilent({ method }: Pick<RequestEntry, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Whether a protected environment lets it pass without asking. */
export function changesNothing({ method, body }: Pick<RequestEntry, 'method' | 'body'>): boolean {
  return (method !== undefined && /^(GET|HEAD|OPTIONS|TRACE)$/.test(method)) || isGraphqlQuery(body);
}

/**
 * A GraphQL document that is written out and in which nothing else is spoken of, not even in a comment or a text: to ask
 * once too often is better than to read the language slightly wrong.
 */
function isGraphqlQuery(body: RequestEntry['body']): boolean {
  if (body?.kind !== 'graphql') return false;
  const { parts } = body.query;
  return parts.every((part) => typeof part === 'string' && !/mutation|subscription/i.test(part));
}
