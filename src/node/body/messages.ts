import type { BodyForm, BodyMatch, BodyRow, LayoutProgress, RowLayout } from '../../core/response/bodyView';
import type { BodyNode } from '../../core/response/bodyNode';
import type { StructuredLanguage } from '../../core/response/classify';

/** What the thread of the bodies is told. */
export type WorkerRequest =
  | {
      readonly type: 'open';
      readonly body: number;
      readonly path: string;
      readonly language: StructuredLanguage | undefined;
      readonly charset: string;
      /** Forms of secrets that are covered; they stay within this process. */
      readonly forms: readonly string[];
    }
  /** So many bytes are in the file by now. */
  | { readonly type: 'grow'; readonly body: number; readonly size: number; readonly ended: boolean }
  /** This is how rows are listed from now on: look through the body for it. */
  | { readonly type: 'layOut'; readonly body: number; readonly layout: RowLayout }
  | {
      readonly type: 'rows';
      readonly id: number;
      readonly body: number;
      readonly layout: RowLayout;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly type: 'find';
      readonly id: number;
      readonly body: number;
      readonly layout: RowLayout;
      readonly text: string;
      readonly limit: number;
    }
  | {
      readonly type: 'node';
      readonly id: number;
      readonly body: number;
      readonly layout: RowLayout;
      readonly row: number;
    }
  | {
      readonly type: 'firstRows';
      readonly id: number;
      readonly body: number;
      readonly layout: RowLayout;
      readonly lines: readonly number[];
    }
  | {
      readonly type: 'text';
      readonly id: number;
      readonly body: number;
      readonly form: BodyForm;
      readonly limit: number;
    }
  /** The answer is not wanted any more. */
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'close'; readonly body: number };

/** What it answers. */
export type WorkerAnswer =
  | {
      readonly type: 'progress';
      readonly body: number;
      readonly layout: RowLayout;
      readonly progress: LayoutProgress;
      readonly mistake: number | undefined;
    }
  | { readonly type: 'rows'; readonly id: number; readonly rows: readonly BodyRow[] }
  | {
      readonly type: 'found';
      readonly id: number;
      readonly matches: readonly BodyMatch[];
      readonly more: boolean;
      /** Whether it is still looking; another answer with all of these comes then. */
      readonly looksOn: boolean;
    }
  | { readonly type: 'node'; readonly id: number; readonly node: BodyNode | undefined }
  | { readonly type: 'firstRows'; readonly id: number; readonly rows: readonly number[] }
  | { readonly type: 'text'; readonly id: number; readonly text: string }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };

/** A body is looked through for one layout of each kind: the rows that are listed, and the records of a table. */
export type LayoutKind = 'rows' | 'records';

export function kindOf({ records }: RowLayout): LayoutKind {
  return records ? 'records' : 'rows';
}
