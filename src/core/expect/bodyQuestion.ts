import type { BodyPlace } from '../request/expectModel';
import type { Matcher } from './matcher';

/** Where something is looked for in a body. */
export type AskedPlace =
  | { readonly kind: 'jsonPath' | 'xpath'; readonly path: string }
  | { readonly kind: 'regex'; readonly pattern: string }
  | { readonly kind: 'text' };

/** A value as JSON text, which keeps the digits of numbers on the way to another thread. */
export type JsonText = string;

/** What expectations and captures want to know of a body: plain data, which can be asked in another thread. */
export type BodyQuestion =
  | { readonly kind: 'find'; readonly place: AskedPlace }
  | {
      readonly kind: 'compare';
      readonly place: AskedPlace;
      readonly matchers: readonly Matcher<JsonText>[];
      /** Of secrets that must not be in the answer. */
      readonly forms: readonly string[];
    }
  | {
      readonly kind: 'validate';
      readonly schema: AskedSchema;
      readonly forms: readonly string[];
    };

export type AskedSchema =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'inline'; readonly schema: JsonText };

export type BodyAnswer =
  /** Why the body cannot be looked into like that. */
  | { readonly kind: 'problem'; readonly problem: string }
  | { readonly kind: 'found'; readonly found: FoundText | undefined }
  /** `actual` is shortened, and free of secrets. */
  | { readonly kind: 'judged'; readonly ok: boolean; readonly actual?: string };

/** A value that was found. */
export interface FoundText {
  /** A text as it is, everything else as JSON. */
  readonly value: string;
  readonly isText: boolean;
  /** The name it stands under in the response, which may speak of a secret. */
  readonly name: string | undefined;
  /** Several values were found, or could have been. */
  readonly isList: boolean;
}

/** A place as it can be asked for. */
export function askedPlace(place: BodyPlace): AskedPlace {
  return place.kind === 'jsonPath' ? { kind: 'jsonPath', path: place.path } : place;
}
