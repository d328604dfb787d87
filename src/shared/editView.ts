import type { WantedField, WantedRequest } from '../core/request/edit/wantedRequest';
import type { BodyKind, WrittenBody, WrittenField, WrittenRequest } from '../core/request/edit/writtenRequest';

export type { BodyKind, WantedField, WantedRequest, WrittenBody, WrittenField, WrittenRequest };

/** The shown request as its file has it, to be edited. */
export interface EditView {
  /** Names the state of the file that was read; an edit of another state is refused. */
  readonly base: string;
  readonly written: WrittenRequest;
}

/** What became of an edit. */
export type EditEnd =
  | { readonly kind: 'applied' }
  /** Nothing was written; why not and what to do, translated. */
  | { readonly kind: 'refused'; readonly message: string };
