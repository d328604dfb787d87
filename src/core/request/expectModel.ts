import type { Matcher } from '../expect/matcher';
import type { StatusExpectation } from '../http/httpRequest';
import type { JsonPathQuery } from '../jsonPath/query';
import type { TextRange } from './diagnostic';
import type { Template, Value } from './value';

/** An `expect:` block as a file writes it; nothing in it is resolved. */
export interface ExpectEntry {
  /** Any of; `undefined` when no status is expected. */
  readonly status: readonly StatusExpectation[] | undefined;
  readonly headers: readonly HeaderEntry[];
  readonly body: readonly BodyEntry[];
  readonly schema: SchemaEntry | undefined;
  /** In milliseconds, or texts such as `800ms`. */
  readonly time: readonly Matcher<Value>[];
  /** In bytes, or texts such as `5MB`. */
  readonly size: readonly Matcher<Value>[];
  readonly sha256: Template | undefined;
}

export interface HeaderEntry {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly matchers: readonly Matcher<Value>[];
}

export interface BodyEntry {
  readonly place: BodyPlace;
  readonly matchers: readonly Matcher<Value>[];
}

/** Where in a body something is. */
export type BodyPlace =
  | { readonly kind: 'jsonPath'; readonly path: string; readonly query: JsonPathQuery }
  | { readonly kind: 'xpath'; readonly path: string }
  /** The whole text. */
  | { readonly kind: 'text' };

export type SchemaEntry =
  | { readonly kind: 'file'; readonly path: Template }
  /** A map, `true` or `false`. */
  | { readonly kind: 'inline'; readonly value: Value };

/** One entry of `capture:`. */
export interface CaptureEntry {
  readonly name: string;
  readonly nameRange: TextRange;
  readonly source: CaptureSource;
  /** `undefined`: whoever evaluates it looks at the value. */
  readonly secret: boolean | undefined;
}

/** Where a captured value comes from. */
export type CaptureSource =
  | BodyPlace
  | { readonly kind: 'header' | 'cookie'; readonly name: string }
  /** The first group of the match, or all of it where there is no group. */
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'status' | 'url' };
