import type { EditEnd, EditView, WantedRequest } from './editView';
import type { CompareWith, HistoryItem } from './historyView';
import type {
  BodyForm,
  BodyInfo,
  BodyRows,
  RunnerAction,
  RunnerModel,
  StreamRow,
  TableCell,
  TableSlice,
} from './viewModel';
import type { RunnerStrings } from './runnerStrings';
import type { TypedEdit, TypedView } from './typedView';

/** Raised whenever a message changes its meaning, so that a view of an older build is not misread. */
export const PROTOCOL_VERSION = 1;

/** What the host tells the view. */
export type HostMessage =
  /** Everything, in answer to `ready`. */
  | {
      readonly type: 'snapshot';
      readonly version: number;
      readonly strings: RunnerStrings;
      readonly model: RunnerModel;
      /** The first rows of the body, so that the first paint needs no second round trip. */
      readonly rows: BodyRows | undefined;
    }
  /** The model changed. */
  | { readonly type: 'update'; readonly model: RunnerModel; readonly rows: BodyRows | undefined }
  /** The answer to `requestRows` with the same id. */
  | { readonly type: 'bodyRows'; readonly requestId: number; readonly rows: BodyRows }
  /** More of the body that is shown has arrived, or been looked through. */
  | ({ readonly type: 'bodyGrew' } & BodyGrowth)
  /** The answer to `find` with the same id. */
  | {
      readonly type: 'found';
      readonly requestId: number;
      /** Rows with a match, as indexes at the width that was asked for. */
      readonly matches: readonly FindMatch[];
      /** Whether there are more matches than were sent. */
      readonly more: boolean;
      /** It could not be looked through. */
      readonly isFailed: boolean;
    }
  /** The answer to `findCells` with the same id. */
  | {
      readonly type: 'foundCells';
      readonly requestId: number;
      readonly matches: readonly TableCell[];
      readonly more: boolean;
      readonly isFailed: boolean;
    }
  /** The answer to `listHistory`: the sends of the shown request, the newest first. */
  | { readonly type: 'history'; readonly items: readonly HistoryItem[] }
  /** Something was folded or unfolded: these are the rows that count now. `top`: the row to begin with. */
  | { readonly type: 'refolded'; readonly rows: BodyRows; readonly top: number | undefined }
  /** The answer to `filter` with the same id. */
  | { readonly type: 'filtered'; readonly requestId: number; readonly result: FilterResult }
  /** The answer to `requestBytes` with the same id. */
  | { readonly type: 'bodyBytes'; readonly requestId: number; readonly bytes: BodyBytes }
  /** The answer to `requestTable` with the same id. */
  | { readonly type: 'bodyTable'; readonly requestId: number; readonly table: TableSlice }
  /** The answer to `requestPreview` with the same id. */
  | { readonly type: 'bodyPreview'; readonly requestId: number; readonly preview: BodyPreview }
  /** Events of the stream that is shown, those that the view does not have yet. */
  | {
      readonly type: 'streamRows';
      readonly streamId: string;
      readonly rows: readonly StreamRow[];
      /** How many there were at all. */
      readonly count: number;
      /** How many of those, the oldest, are not kept any more. */
      readonly dropped: number;
    }
  /** The answer to `streamItem`: all that is kept of an event, JSON laid out. */
  | { readonly type: 'streamItem'; readonly streamId: string; readonly index: number; readonly text: string }
  /** The answer to `edit`, and again when the file changes. */
  | { readonly type: 'written'; readonly edit: EditView }
  /** The answer to `edit` where that cannot be done in fields, and to `applyEdit`. */
  | { readonly type: 'editEnd'; readonly end: EditEnd }
  /** After the model of another request, and in a new view: what was typed for it before. `of`: `shownRequest`. */
  | { readonly type: 'typed'; readonly of: string; readonly typed: TypedView }
  /** Something for screen readers, such as "Copied". */
  | { readonly type: 'announce'; readonly text: string };

/** What a path found in a body: a JSONPath in JSON, an XPath in XML. */
export type FilterResult =
  | {
      readonly kind: 'hits';
      /** What was found, listed like a body: a JSON array, nodes of XML, or lines of text. */
      readonly body: BodyInfo;
      readonly count: number;
      /** Of {@link count}, those that are listed. */
      readonly shown: number;
    }
  /** Why there is nothing, translated. `at`: offset in the path. */
  | { readonly kind: 'problem'; readonly message: string; readonly at: number | undefined };

/** A stretch of a body: bytes, or rows of a table. */
export interface BodyRange {
  readonly requestId: number;
  readonly bodyId: string;
  readonly from: number;
  readonly to: number;
}

/** A stretch of the bytes of a body, secrets covered. */
export interface BodyBytes {
  readonly bodyId: string;
  readonly from: number;
  /** Bytes of the whole body so far. */
  readonly size: number;
  /** In base64: messages are JSON. */
  readonly data: string;
}

/** A page to be shown where it can do nothing. */
export interface BodyPreview {
  readonly bodyId: string;
  /** HTML as it came, or as Markdown was rendered; secrets masked. `undefined`: it could not be rendered. */
  readonly html: string | undefined;
  /** Whether it is drawn on the white ground that pages of the web expect. */
  readonly isPage: boolean;
  /** Bytes of the body that it was made from. */
  readonly shownBytes: number;
}

/** How far a body has come, at the layout that the view last asked for. */
export interface BodyGrowth {
  readonly bodyId: string;
  readonly form: BodyForm;
  readonly columns: number;
  /** Bytes so far. */
  readonly size: number;
  readonly rowCount: number;
  readonly lineCount: number;
  readonly hasPretty: boolean;
  readonly complete: boolean;
}

export interface FindMatch {
  readonly row: number;
  /** Columns within the row's text, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** What can be put on the clipboard from the view; the host makes the text. */
export type CopySubject = 'url' | 'body' | 'headers' | 'sent';

/** What the view asks the host for. It names things of the model; it never sends a URL, path or command. */
export type ViewMessage =
  /** Loaded, or loaded again after having been hidden: asks for the snapshot. */
  | { readonly type: 'ready'; readonly version: number; readonly layout: BodyLayout }
  | { readonly type: 'layout'; readonly layout: BodyLayout }
  | { readonly type: 'send' }
  | { readonly type: 'cancel' }
  | { readonly type: 'selectRequest'; readonly name: string }
  | { readonly type: 'pin'; readonly isPinned: boolean }
  | {
      readonly type: 'requestRows';
      readonly requestId: number;
      readonly bodyId: string;
      readonly form: BodyForm;
      readonly columns: number;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly type: 'find';
      readonly requestId: number;
      readonly bodyId: string;
      readonly form: BodyForm;
      readonly columns: number;
      readonly text: string;
    }
  /** Looks for text in the cells of a table. */
  | { readonly type: 'findCells'; readonly requestId: number; readonly bodyId: string; readonly text: string }
  /** Folds or unfolds what begins on a row of the pretty form; `top` is the first row in sight. */
  | {
      readonly type: 'fold';
      readonly bodyId: string;
      readonly columns: number;
      readonly top: number;
      /** Absent: everything. */
      readonly row?: number | undefined;
      readonly isFolded: boolean;
    }
  /** Puts the value on a row of the pretty form on the clipboard, or its path, or all that is listed. */
  | {
      readonly type: 'copyNode';
      readonly bodyId: string;
      readonly columns: number;
      readonly row: number;
      readonly what: 'path' | 'value' | 'all';
    }
  | { readonly type: 'filter'; readonly requestId: number; readonly bodyId: string; readonly path: string }
  | ({ readonly type: 'requestBytes' } & BodyRange)
  | ({ readonly type: 'requestTable' } & BodyRange)
  | { readonly type: 'requestPreview'; readonly requestId: number; readonly bodyId: string }
  /** Writes the body that is shown to a file, which people choose. */
  | { readonly type: 'saveBody' }
  | { readonly type: 'action'; readonly action: RunnerAction }
  | { readonly type: 'copy'; readonly what: CopySubject; readonly form: BodyForm }
  | { readonly type: 'streamItem'; readonly streamId: string; readonly index: number }
  /** A message that somebody has typed, for the WebSocket that is shown. */
  | { readonly type: 'streamSend'; readonly streamId: string; readonly text: string }
  /** Puts the value of a header of the response on the clipboard. */
  | { readonly type: 'copyHeader'; readonly index: number }
  | { readonly type: 'openBodyInEditor'; readonly form: BodyForm }
  /** Opens all of a cell of a table, of which the beginning is shown. */
  | { readonly type: 'openCell'; readonly bodyId: string; readonly row: number; readonly cell: number }
  | { readonly type: 'listHistory' }
  /** Shows an older send of the list. */
  | { readonly type: 'openHistory'; readonly id: string }
  /** Shows the latest send again. */
  | { readonly type: 'showLatest' }
  | { readonly type: 'compare'; readonly with: CompareWith }
  /** Asks for the request as it is written, until `endEdit`. */
  | { readonly type: 'edit' }
  | { readonly type: 'endEdit' }
  | {
      readonly type: 'applyEdit';
      readonly base: string;
      readonly wanted: WantedRequest;
      /** And sends the request then. */
      readonly send: boolean;
    }
  /** What stands in the fields by now; `undefined`: nothing that the file does not say. */
  | { readonly type: 'keepEdit'; readonly of: string; readonly edit: TypedEdit | undefined }
  /** What stands in the message box by now. */
  | { readonly type: 'keepMessage'; readonly of: string; readonly text: string }
  /** Something went wrong in the view; for the log. */
  | { readonly type: 'problem'; readonly message: string };

/** How the view lists rows now, so that the host can send the right first rows unasked. */
export interface BodyLayout {
  readonly form: BodyForm;
  /** Columns of the whole list, line numbers included; 0: not wrapped. */
  readonly columns: number;
}
