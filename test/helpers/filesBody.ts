import { pathToFileURL } from 'node:url';
import type { BodyPart, ComposedBody } from '../../src/core/http/requestBody';
import { Secret } from '../../src/core/secret';

/** A body of texts, secrets and files of a folder. */
export function composed(
  folder: string,
  ...parts: readonly (string | Secret | { readonly file: string })[]
): ComposedBody {
  return {
    folder: pathToFileURL(folder).href,
    parts: parts.map((part): BodyPart => {
      if (typeof part === 'string') return new TextEncoder().encode(part);
      return part instanceof Secret ? part : { path: part.file };
    }),
  };
}
