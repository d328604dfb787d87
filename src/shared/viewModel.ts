import type { BodyForm, BodyRow } from '../core/response/bodyView';
import type { PastView } from './historyView';
import type { BodyLanguage, BodyOddity, StructuredLanguage } from '../core/response/classify';
import type { BodyViewer } from '../core/response/viewers';

export type { BodyForm, BodyLanguage, BodyOddity, BodyRow, BodyViewer, StructuredLanguage };

/**
 * What the runner shows, as plain JSON. The host builds it; the view only draws it.
 * Nothing in here holds a secret: URLs, headers and bodies arrive masked.
 */
export interface RunnerModel {
  /** Name of the request file, for people. */
  readonly file: string | undefined;
  /** The requests of the file, in file order. */
  readonly requests: readonly RequestListItem[];
  /** The chosen request; `undefined` when the file has none or is gone. */
  readonly request: RequestView | undefined;
  readonly environment: EnvironmentView;
  readonly auth: AuthView;
  readonly state: RunState;
  /** Set while `state` is that of an older send. */
  readonly past?: PastView | undefined;
  /** The request stays on show when the cursor moves to another one. */
  readonly isPinned: boolean;
  /**
   * Opaque to the view, which persists it and hands it back when VS Code restores the panel after a reload.
   * The host checks it like any input. It holds no secret.
   */
  readonly resume: string | undefined;
}

export interface RequestListItem {
  readonly name: string;
  readonly method: string;
  /** How its last send in this window ended. */
  readonly last: LastEnd | undefined;
}

export interface LastEnd {
  readonly ok: boolean;
  /** Status and duration, or that it failed, translated. */
  readonly text: string;
}

export interface RequestView {
  readonly name: string;
  readonly method: string;
  /** Resolved, secrets masked; the text of the file where it does not resolve. */
  readonly url: string;
  readonly description: string | undefined;
}

export interface EnvironmentView {
  /** `undefined`: none chosen. */
  readonly active: string | undefined;
  /** Whether the project has environments to choose from. */
  readonly available: boolean;
  /** The user is asked before a request changes data in it. */
  readonly isProtected: boolean;
}

/** The connection and account chip. `connection` is the label that people read. */
export type AuthView =
  | { readonly kind: 'none' }
  /** Where to sign in is found out when the API asks for it. */
  | { readonly kind: 'auto' }
  /** What the file itself names, such as a password. `label` is translated. */
  | { readonly kind: 'credentials'; readonly label: string }
  | { readonly kind: 'notSignedIn'; readonly connection: string }
  | { readonly kind: 'signingIn'; readonly connection: string }
  | {
      readonly kind: 'signedIn';
      readonly connection: string;
      readonly account: string;
      /** Milliseconds since the epoch; `undefined` when the server did not say. */
      readonly expiresAt: number | undefined;
      /** Whether the next send renews an expired token without asking. */
      readonly refreshable: boolean;
      /** When it can no longer be renewed, in the same way. */
      readonly endsAt: number | undefined;
    }
  | { readonly kind: 'signInAgain'; readonly connection: string; readonly account: string }
  | { readonly kind: 'unknownConnection'; readonly connection: string };

export type RunState =
  | { readonly kind: 'idle' }
  /**
   * `startedAt`: since when it is on its way, milliseconds since the epoch; `undefined` while it waits for the user's
   * answer. `note`: what it is busy with, where that is more than sending once; translated.
   */
  | { readonly kind: 'sending'; readonly startedAt: number | undefined; readonly note?: string | undefined }
  | { readonly kind: 'response'; readonly exchange: ExchangeView }
  | { readonly kind: 'failure'; readonly failure: FailureView; readonly sent: SentView | undefined }
  | { readonly kind: 'cancelled'; readonly sent: SentView | undefined };

/** What the one button of a failure, or a chip, asks the host to do. */
export type RunnerAction =
  | 'signIn'
  | 'stepUp'
  | 'signInToApi'
  | 'saveConnection'
  | 'switchAccount'
  | 'inspectToken'
  | 'retry'
  | 'copyAsCode'
  | 'showLog'
  | 'clearCookies'
  | 'openRequestFile'
  | 'openProjectFile'
  | 'selectEnvironment'
  | 'manageWorkspaceTrust';

/** Something that went wrong, in words: translated and filled in by the host. */
export interface FailureView {
  /** Stable code such as `http.connectionRefused`. */
  readonly code: string;
  /** What happened and where. */
  readonly message: string;
  /** The next step. */
  readonly next: string;
  /** The one button; `undefined` where nothing can be done from here. */
  readonly action: FailureAction | undefined;
}

export interface FailureAction {
  readonly action: RunnerAction;
  /** The button's text, translated. */
  readonly label: string;
}

/** What can be done about a response, shown above its body: one sentence and the one button. */
export interface ResponseNotice {
  /** Translated. */
  readonly message: string;
  readonly action: FailureAction;
}

/** A fact about a send, in a few translated words. */
export interface RunNote {
  readonly ok: boolean;
  readonly text: string;
}

export interface ExchangeView {
  readonly id: string;
  readonly status: number;
  readonly statusText: string;
  /** Milliseconds from the send to the last byte; while it is receiving, to now. */
  readonly duration: number;
  /** The body is still arriving. */
  readonly receiving: boolean;
  /** The address that answered, when redirects were followed; masked. */
  readonly finalUrl: string | undefined;
  readonly headers: readonly HeaderView[];
  readonly cookies: CookiesView;
  readonly body: BodyInfo;
  /** A body that comes piece by piece; `undefined`: an ordinary one. */
  readonly stream: StreamView | undefined;
  readonly problem: ProblemView | undefined;
  readonly notice: ResponseNotice | undefined;
  /** What belongs to the send beside this exchange: what was sent before it, how often it was sent. */
  readonly notes: readonly RunNote[];
  readonly hops: readonly HopView[];
  /** Hosts whose certificate was not checked. */
  readonly unverified: readonly string[];
  readonly sent: SentView;
  readonly expectations: readonly ExpectationView[];
  readonly captures: readonly CaptureView[];
}

export interface HeaderView {
  readonly name: string;
  readonly value: string;
}

/** Server-sent events, lines of JSON, or the messages of a WebSocket. Its rows come in messages of their own. */
export interface StreamView {
  readonly streamId: string;
  readonly kind: 'events' | 'lines' | 'socket';
  /** It goes on. */
  readonly open: boolean;
  /** How it ended; translated. */
  readonly ending: { readonly text: string; readonly isGood: boolean } | undefined;
  /** People can type messages. */
  readonly canSend: boolean;
}

/** One event, line or message, shortened. */
export interface StreamRow {
  /** From 0. */
  readonly index: number;
  /** Milliseconds since the stream began. */
  readonly at: number;
  readonly direction: 'received' | 'sent';
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly text: string;
  /** Bytes. */
  readonly size: number;
  readonly isBinary: boolean;
  /** There was more than is kept. */
  readonly isCut: boolean;
}

/** The cookies of an exchange, those of all its hops. Their values never get here. */
export interface CookiesView {
  /** `false`: the request says `cookies: off`. */
  readonly kept: boolean;
  readonly sent: readonly SentCookieView[];
  readonly received: readonly ReceivedCookieView[];
}

export interface SentCookieView {
  readonly name: string;
  /** The host that it went to. */
  readonly host: string;
}

export interface ReceivedCookieView {
  readonly name: string;
  readonly domain: string;
  /** Hosts below the domain get it too. */
  readonly subdomains: boolean;
  readonly path: string;
  /** Milliseconds since the epoch; `undefined`: no date. */
  readonly expiresAt: number | undefined;
  /** `Secure`, `HttpOnly`, `SameSite=Lax`. */
  readonly flags: readonly string[];
  readonly fate: 'stored' | 'removed' | 'refused';
  /** Why it was refused; translated. */
  readonly reason: string | undefined;
}

/** The request as sent, redacted. */
export interface SentView {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderView[];
  /** The start of the body; `undefined` when there was none. */
  readonly body: string | undefined;
  readonly bodyBytes: number;
}

export type PhaseName = 'dns' | 'connect' | 'tls' | 'send' | 'wait' | 'download';

/** A stretch of time within an exchange, in milliseconds from its start. */
export interface PhaseView {
  readonly phase: PhaseName;
  readonly start: number;
  readonly duration: number;
}

export interface RedirectView {
  /** It led to another origin. */
  readonly isElsewhere: boolean;
  /** Names of headers that were not sent again. */
  readonly dropped: readonly string[];
  /** The body was not sent again. */
  readonly droppedBody: boolean;
}

export interface HopView {
  /** What the redirect that led here changed of the request; `undefined` for the first. */
  readonly redirect: RedirectView | undefined;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  /** It went over HTTP/2, which has no words beside the status. */
  readonly http2: boolean;
  readonly phases: readonly PhaseView[];
}

/** One expectation of the request file and whether it held. */
export interface ExpectationView {
  readonly what: string;
  readonly ok: boolean;
  readonly actual: string | undefined;
}

/** A value that the request took out of the response; secrets are masked. */
export interface CaptureView {
  readonly name: string;
  /** Where it comes from: `$.items[0].id`. */
  readonly from: string;
  readonly value: string;
}

/** An error that the server described: RFC 9457 problem details, or the error response of RFC 6749 §5.2. */
export interface ProblemView {
  readonly title: string;
  readonly detail: string | undefined;
  readonly facts: readonly HeaderView[];
}

/** The body without its bytes; the rows are asked for by range. */
export type BodyInfo =
  | { readonly kind: 'empty' }
  | ({ readonly kind: 'binary' } & BodyFacts)
  | ({
      readonly kind: 'text';
      readonly language: BodyLanguage;
      /** Why it may not look as its sender meant it. */
      readonly oddities: readonly BodyOddity[];
      /** Bytes that can be shown here; less than `size` when the body is too big. */
      readonly shownBytes: number;
      readonly lineCount: Readonly<Record<BodyForm, number>>;
      /** What line numbers need room for. */
      readonly largestLine: Readonly<Record<BodyForm, number>>;
      /** Whether the pretty form differs from the raw one. */
      readonly hasPretty: boolean;
      /** Whether it is small enough for everything in it to be folded at once. */
      readonly canFoldAll: boolean;
      /** Said to be JSON, but it is not: line and column of the first mistake, from 1. */
      readonly mistake: { readonly line: number; readonly column: number } | undefined;
    } & BodyFacts);

/** What there is to say of a body of any kind. */
export interface BodyFacts {
  /** Rows and bytes are asked for with this id; answers for another body are ignored. */
  readonly bodyId: string;
  readonly mediaType: string;
  /** Bytes received, after decoding. */
  readonly size: number;
  /** All has arrived and been looked through; until then `bodyGrew` tells of more. */
  readonly complete: boolean;
  /** The ways to look at it, the one to begin with first. */
  readonly viewers: readonly BodyViewer[];
  /** The type that it is drawn or played as, from a list of our own; `undefined`: it cannot be. */
  readonly drawnAs: string | undefined;
}

/** A stretch of rows, wrapped for a width. */
export interface BodyRows {
  readonly bodyId: string;
  readonly form: BodyForm;
  /** Columns of the whole list that the rows were wrapped for; 0: not wrapped. */
  readonly columns: number;
  /** Changes whenever something is folded or unfolded: rows of before have other numbers. */
  readonly folds: number;
  readonly isFolded: boolean;
  /** Rows of the whole body at this width. */
  readonly rowCount: number;
  /** Index of the first row, from 0. */
  readonly from: number;
  readonly rows: readonly BodyRow[];
}

/** A cell of a table, by numbers from 0. */
export interface TableCell {
  readonly row: number;
  readonly cell: number;
}

/** A stretch of a CSV body. */
export interface TableSlice {
  readonly bodyId: string;
  /** Rows of the whole table that are known, the one that names the columns included. */
  readonly rowCount: number;
  /** There will be no more. */
  readonly complete: boolean;
  /** Cells of its first row. */
  readonly columns: number;
  /** There is more of the body than can be listed. */
  readonly isPartial: boolean;
  readonly from: number;
  readonly rows: readonly (readonly string[])[];
  /** Which of `rows` are pieces of the one before. */
  readonly continued: readonly number[];
  /** Cells of `rows` of which the beginning is shown. */
  readonly cut: readonly TableCell[];
}
