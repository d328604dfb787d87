import type { TextRange } from './diagnostic';

/** A value as a file writes it, with the expressions in its texts found. Keys are never expanded. */
export type Value =
  | Template
  | { readonly kind: 'number'; readonly literal: string; readonly range: TextRange }
  | { readonly kind: 'boolean'; readonly value: boolean; readonly range: TextRange }
  | { readonly kind: 'null'; readonly range: TextRange }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly range: TextRange }
  | { readonly kind: 'map'; readonly entries: readonly ValueEntry[]; readonly range: TextRange };

export interface ValueEntry {
  readonly key: string;
  readonly keyRange: TextRange;
  readonly value: Value;
}

/** Text with `${…}` in it: literal pieces and expressions, in order. */
export interface Template {
  readonly kind: 'text';
  readonly parts: readonly (string | Expression)[];
  readonly range: TextRange;
}

/** One `${source|filter|…}`. */
export interface Expression {
  readonly source: ExpressionSource;
  readonly filters: readonly Filter[];
  /** Where it stands in its file; the whole value where escapes hide it. */
  readonly range: TextRange;
}

export type ExpressionSource =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'uuid' }
  /** `offset` in milliseconds. */
  | { readonly kind: 'now'; readonly offset: number }
  /** Both ends included. */
  | { readonly kind: 'random'; readonly min: number; readonly max: number }
  /** `${request.capture}`: what another request took out of its response. */
  | { readonly kind: 'capture'; readonly request: string; readonly name: string }
  /** `${secret:name}`, `${env:NAME}`, `${input:name}`. */
  | { readonly kind: 'secret' | 'env' | 'input'; readonly name: string }
  /** `${file:./x}`, relative to the file that names it. */
  | { readonly kind: 'file'; readonly path: string }
  /** Could not be read; a diagnostic says why. */
  | { readonly kind: 'faulty' };

export type Filter = 'json' | 'url' | 'base64' | 'unix';
