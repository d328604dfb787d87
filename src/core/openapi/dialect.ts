import type { Operation, SecurityScheme } from './apiDescription';
import type { ApiNode } from './apiNode';

/** What the versions of OpenAPI write in different ways. */
export interface Dialect {
  /**
   * Addresses of the servers that a document, a path item or an operation names; `undefined` where it names none.
   * @param uri of the document, which relative URLs count from.
   */
  servers(node: ApiNode, uri: string): readonly string[] | undefined;
  securitySchemes(root: ApiNode): ReadonlyMap<string, SecurityScheme>;
  /** @param parameters of the operation and of its path. */
  request(operation: ApiNode, parameters: readonly ApiNode[], root: ApiNode): Pick<Operation, 'parameters' | 'body'>;
}

/** The media type of JSON, and those that are JSON underneath (RFC 6839 §3.1). */
export function isJsonType(mediaType: string): boolean {
  return /^[^;]*[/+]json(?:;|$)/i.test(mediaType.replace(/\s/g, ''));
}

/** The media type that a request is written in best. */
export function bestMediaType(mediaTypes: readonly string[]): string | undefined {
  const rank = (mediaType: string): number => {
    if (/^application\/json(?:;|$)/i.test(mediaType)) return 0;
    if (isJsonType(mediaType)) return 1;
    const order = [/x-www-form-urlencoded/i, /^multipart\/form-data/i, /[/+]xml/i, /^text\//i, /\*/];
    const found = order.findIndex((pattern) => pattern.test(mediaType));
    return found < 0 ? 10 : found + 2;
  };
  return [...mediaTypes].sort((a, b) => rank(a) - rank(b))[0];
}

/** An address without the slash at its end, which paths begin with. */
export function serverUrl(url: string, base: string): string {
  // A document that is a file is served from nowhere: what is relative to it stays open.
  const isWeb = /^https?:/i.test(base);
  const resolved = isWeb && URL.canParse(url, base) ? new URL(url, base).href : url;
  return resolved.replace(/\/+$/, '');
}
