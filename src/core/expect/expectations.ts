import type { StatusExpectation } from '../http/httpRequest';
import type { BodyPlace } from '../request/expectModel';
import type { Resolved } from '../request/resolve/resolved';
import type { Matcher } from './matcher';

/** What a response must be like, with variables put in. */
export interface Expectations {
  /** Any of; `undefined` when the file expects none. */
  readonly status: readonly StatusExpectation[] | undefined;
  readonly headers: readonly HeaderExpectation[];
  readonly body: readonly BodyExpectation[];
  readonly schema: SchemaExpectation | undefined;
  /** Milliseconds. */
  readonly time: readonly Matcher<Resolved>[];
  /** Bytes. */
  readonly size: readonly Matcher<Resolved>[];
  /** In lower-case hexadecimal. */
  readonly sha256: string | undefined;
}

export interface HeaderExpectation {
  readonly name: string;
  readonly matchers: readonly Matcher<Resolved>[];
}

export interface BodyExpectation {
  readonly place: BodyPlace;
  readonly matchers: readonly Matcher<Resolved>[];
}

export type SchemaExpectation =
  /** Relative to the request file. */
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'inline'; readonly schema: Resolved };

/** It holds nothing that could be unresolved, so it is an `expect:` block of a file as well. */
export const nothingExpected = {
  status: undefined,
  headers: [],
  body: [],
  schema: undefined,
  time: [],
  size: [],
  sha256: undefined,
} as const satisfies Expectations;
