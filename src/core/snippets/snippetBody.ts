import type { HttpRequest } from '../http/httpRequest';
import type { ComposedBody, FormField } from '../http/requestBody';
import { joinSensitive, revealForTransport, Secret, type Sensitive } from '../secret';

/** A body as code can send it. Paths start at the workspace folder. */
export type SnippetBody =
  | { readonly kind: 'text'; readonly text: Sensitive }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'form'; readonly fields: readonly FormField[] }
  /** Bytes that are no text, or a text around a file. */
  | { readonly kind: 'other' };

/** How code would send the body; `undefined`: there is none. */
export function snippetBody({ body, headers }: HttpRequest): SnippetBody | undefined {
  if (body === undefined) return undefined;
  if (body instanceof Secret) return { kind: 'text', text: body };
  if (body instanceof Uint8Array) return textOf([body]);
  const [only] = body.parts;
  if (body.parts.length === 1 && only && 'path' in only) return { kind: 'file', path: `./${only.path}` };
  return formOf(body, headers) ?? textOf(body.parts);
}

/** A form whose boundary whoever sends it may choose: nothing else of its type must be kept. */
function formOf({ form }: ComposedBody, headers: HttpRequest['headers']): SnippetBody | undefined {
  const types = headers.filter(([name]) => name.toLowerCase() === 'content-type');
  const [type] = types;
  const isPlain =
    types.length === 1 && /^multipart\/form-data; *boundary=\S+$/i.test(revealForTransport(type?.[1] ?? ''));
  const hasFile = form?.some(({ fileName }) => fileName !== undefined) === true;
  return isPlain && hasFile ? { kind: 'form', fields: form } : undefined;
}

function textOf(parts: ComposedBody['parts']): SnippetBody {
  const texts: Sensitive[] = [];
  for (const part of parts) {
    const text = part instanceof Secret ? part : part instanceof Uint8Array ? decoded(part) : undefined;
    if (text === undefined) return { kind: 'other' };
    texts.push(text);
  }
  const [only] = texts;
  return { kind: 'text', text: texts.length === 1 && only !== undefined ? only : joinSensitive(texts) };
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
