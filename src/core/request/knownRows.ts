import type { DiagnosticCode } from './diagnostic';
import type { Resolved } from './resolve/resolved';
import type { TemplateData } from '../text/template';

/** What the beginning of a file tells of the rows in it. */
export type KnownRows =
  | ({ readonly ok: true } & KnownFields<RowField>)
  /** Why no request can be sent for them. */
  | { readonly ok: false; readonly code: DiagnosticCode; readonly data: TemplateData };

export interface KnownFields<Field> {
  /** By name; `item` stands for items that are no map. */
  readonly fields: ReadonlyMap<string, Field>;
  /** No row has any other field. */
  readonly isComplete: boolean;
}

export interface RowField {
  /** In the first row that has it; what is or looks like a secret is one. */
  readonly value: Resolved | undefined;
  readonly place: FieldPlace | undefined;
}

/** Where the name of a field stands in its file: from 0, and in UTF-16 units. */
export interface FieldPlace {
  readonly line: number;
  readonly character: number;
  readonly length: number;
}

/** By the path as a request file writes it; `undefined` where nothing is known. */
export type RowsOfFile = (path: string) => KnownRows | undefined;
