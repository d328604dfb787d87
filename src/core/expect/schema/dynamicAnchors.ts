import type { LoadedSchema } from './loadSchema';
import { SchemaProblem } from './schemaProblem';
import { shorten } from '../../request/shorten';
import type { PlainSchema } from './subschemas';

/** The address of a schema, which the library notes in it; `undefined` where it has looked at none. */
export function addressOf({ __absolute_uri__: uri }: PlainSchema): string | undefined {
  return typeof uri === 'string' ? uri : undefined;
}

/** A reference in a schema as an absolute URI; `undefined` when it cannot be one. */
export function absoluteReference(reference: string, schema: PlainSchema): string | undefined {
  return URL.parse(reference, addressOf(schema))?.href;
}

/**
 * Follows `$dynamicRef` (JSON Schema 2020-12 §8.2.3.2): to the anchor of that name in the outermost of the documents
 * through which a schema is reached, where the anchor that it names by itself is a dynamic one.
 */
export class DynamicScope {
  readonly #schema: Pick<LoadedSchema, 'byUri' | 'dynamicAnchors'>;
  /** Without fragments, outermost first. */
  readonly #documents: string[] = [];

  constructor(schema: Pick<LoadedSchema, 'byUri' | 'dynamicAnchors'>) {
    this.#schema = schema;
  }

  /** Goes into a schema for as long as something is done. */
  within<T>(schema: PlainSchema, action: () => T): T {
    const document = addressOf(schema)?.split('#', 1)[0];
    if (document === undefined || document === this.#documents.at(-1)) return action();
    this.#documents.push(document);
    try {
      return action();
    } finally {
      this.#documents.pop();
    }
  }

  /** @throws SchemaProblem when it leads nowhere. */
  follow(reference: string, from: PlainSchema): unknown {
    const { byUri, dynamicAnchors } = this.#schema;
    const uri = absoluteReference(reference, from) ?? '';
    const target: unknown = byUri[uri];
    if (target === undefined) throw new SchemaProblem(`there is nothing at ${shorten(reference)}`);
    if (!dynamicAnchors.has(uri)) return target;
    const anchor = uri.slice(uri.indexOf('#'));
    const outermost = this.#documents.find((document) => dynamicAnchors.has(document + anchor));
    return outermost === undefined ? target : byUri[outermost + anchor];
  }
}
