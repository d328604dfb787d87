import {
  isArrayOf,
  isBoolean,
  isCount,
  isFiniteNumber,
  isObject,
  isOneOf,
  isOptional,
  isString,
  isUnion,
  type Guard,
} from './guard';
import { isPast } from './historyGuards';
import type {
  AuthView,
  BodyForm,
  BodyInfo,
  BodyRow,
  BodyRows,
  BodyViewer,
  CaptureView,
  CookiesView,
  ExchangeView,
  ExpectationView,
  FailureAction,
  FailureView,
  HeaderView,
  HopView,
  LastEnd,
  PhaseView,
  ProblemView,
  ReceivedCookieView,
  RedirectView,
  RequestListItem,
  RequestView,
  ResponseNotice,
  RunnerAction,
  RunnerModel,
  RunNote,
  RunState,
  SentCookieView,
  SentView,
  TableCell,
  TableSlice,
  StreamRow,
  StreamView,
} from './viewModel';

const isOptionalString = isOptional(isString);

export const isBodyForm: Guard<BodyForm> = isOneOf(['pretty', 'raw']);

export const isRunnerAction: Guard<RunnerAction> = isOneOf([
  'signIn',
  'stepUp',
  'signInToApi',
  'saveConnection',
  'switchAccount',
  'inspectToken',
  'retry',
  'copyAsCode',
  'showLog',
  'clearCookies',
  'openRequestFile',
  'openProjectFile',
  'selectEnvironment',
  'manageWorkspaceTrust',
]);

const isHeader = isObject<HeaderView>({ name: isString, value: isString });

const isSent = isObject<SentView>({
  method: isString,
  url: isString,
  headers: isArrayOf(isHeader),
  body: isOptionalString,
  bodyBytes: isCount,
});

const isPhase = isObject<PhaseView>({
  phase: isOneOf(['dns', 'connect', 'tls', 'send', 'wait', 'download']),
  start: isFiniteNumber,
  duration: isFiniteNumber,
});

const isRedirect = isObject<RedirectView>({
  isElsewhere: isBoolean,
  dropped: isArrayOf(isString),
  droppedBody: isBoolean,
});

const isHop = isObject<HopView>({
  redirect: isOptional(isRedirect),
  method: isString,
  url: isString,
  status: isCount,
  http2: isBoolean,
  phases: isArrayOf(isPhase),
});

const isViewer: Guard<BodyViewer> = isOneOf([
  ...(['pretty', 'raw', 'hex', 'image', 'audio', 'video', 'pdf', 'preview', 'table'] as const),
]);

const bodyFacts = {
  bodyId: isString,
  mediaType: isString,
  size: isCount,
  complete: isBoolean,
  viewers: isArrayOf(isViewer),
  drawnAs: isOptionalString,
};

export const isBodyInfo: Guard<BodyInfo> = isUnion<'kind', BodyInfo>('kind', {
  empty: {},
  binary: bodyFacts,
  text: {
    ...bodyFacts,
    language: isOneOf(['json', 'xml', 'html', 'markdown', 'csv', 'text']),
    oddities: isArrayOf(isOneOf(['notText', 'notBinary', 'unknownCharset', 'invalidBytes'])),
    shownBytes: isCount,
    lineCount: isObject({ pretty: isCount, raw: isCount }),
    largestLine: isObject({ pretty: isCount, raw: isCount }),
    hasPretty: isBoolean,
    canFoldAll: isBoolean,
    mistake: isOptional(isObject({ line: isCount, column: isCount })),
  },
});

const isProblem = isObject<ProblemView>({ title: isString, detail: isOptionalString, facts: isArrayOf(isHeader) });

const isAction = isObject<FailureAction>({ action: isRunnerAction, label: isString });

const isNotice = isObject<ResponseNotice>({ message: isString, action: isAction });

const isExpectation = isObject<ExpectationView>({ what: isString, ok: isBoolean, actual: isOptionalString });

const isCapture = isObject<CaptureView>({ name: isString, from: isString, value: isString });

const isCookies = isObject<CookiesView>({
  kept: isBoolean,
  sent: isArrayOf(isObject<SentCookieView>({ name: isString, host: isString })),
  received: isArrayOf(
    isObject<ReceivedCookieView>({
      ...{ name: isString, domain: isString, subdomains: isBoolean, path: isString },
      expiresAt: isOptional(isFiniteNumber),
      flags: isArrayOf(isString),
      fate: isOneOf(['stored', 'removed', 'refused']),
      reason: isOptionalString,
    }),
  ),
});

const isStream = isObject<StreamView>({
  streamId: isString,
  kind: isOneOf(['events', 'lines', 'socket']),
  open: isBoolean,
  ending: isOptional(isObject({ text: isString, isGood: isBoolean })),
  canSend: isBoolean,
});

export const isStreamRow: Guard<StreamRow> = isObject<StreamRow>({
  ...{ index: isCount, at: isFiniteNumber, direction: isOneOf(['received', 'sent']) },
  ...{ type: isOptionalString, id: isOptionalString, text: isString },
  ...{ size: isCount, isBinary: isBoolean, isCut: isBoolean },
});

const isExchange = isObject<ExchangeView>({
  id: isString,
  status: isCount,
  statusText: isString,
  duration: isFiniteNumber,
  receiving: isBoolean,
  finalUrl: isOptionalString,
  headers: isArrayOf(isHeader),
  cookies: isCookies,
  body: isBodyInfo,
  stream: isOptional(isStream),
  problem: isOptional(isProblem),
  notice: isOptional(isNotice),
  notes: isArrayOf(isObject<RunNote>({ ok: isBoolean, text: isString })),
  hops: isArrayOf(isHop),
  unverified: isArrayOf(isString),
  sent: isSent,
  expectations: isArrayOf(isExpectation),
  captures: isArrayOf(isCapture),
});

const isFailure = isObject<FailureView>({
  code: isString,
  message: isString,
  next: isString,
  action: isOptional(isAction),
});

export const isRunState: Guard<RunState> = isUnion<'kind', RunState>('kind', {
  idle: {},
  sending: { startedAt: isOptional(isFiniteNumber), note: isOptionalString },
  response: { exchange: isExchange },
  failure: { failure: isFailure, sent: isOptional(isSent) },
  cancelled: { sent: isOptional(isSent) },
});

const isAuth: Guard<AuthView> = isUnion<'kind', AuthView>('kind', {
  none: {},
  auto: {},
  credentials: { label: isString },
  notSignedIn: { connection: isString },
  signingIn: { connection: isString },
  signedIn: {
    connection: isString,
    account: isString,
    expiresAt: isOptional(isFiniteNumber),
    refreshable: isBoolean,
    endsAt: isOptional(isFiniteNumber),
  },
  signInAgain: { connection: isString, account: isString },
  unknownConnection: { connection: isString },
});

const isRequestListItem = isObject<RequestListItem>({
  name: isString,
  method: isString,
  last: isOptional(isObject<LastEnd>({ ok: isBoolean, text: isString })),
});

const isRequest = isObject<RequestView>({
  name: isString,
  method: isString,
  url: isString,
  description: isOptionalString,
});

export const isRunnerModel: Guard<RunnerModel> = isObject<RunnerModel>({
  file: isOptionalString,
  requests: isArrayOf(isRequestListItem),
  request: isOptional(isRequest),
  environment: isObject({ active: isOptionalString, available: isBoolean, isProtected: isBoolean }),
  auth: isAuth,
  state: isRunState,
  past: isOptional(isPast),
  isPinned: isBoolean,
  resume: isOptionalString,
});

const isBodyRow = isObject<BodyRow>({
  line: isCount,
  text: isString,
  hang: isCount,
  continues: isBoolean,
  inString: isBoolean,
  hiddenLines: isOptional(isCount),
  fullIndent: isOptional(isCount),
});

export const isBodyRows: Guard<BodyRows> = isObject<BodyRows>({
  bodyId: isString,
  form: isBodyForm,
  columns: isCount,
  folds: isCount,
  isFolded: isBoolean,
  rowCount: isCount,
  from: isCount,
  rows: isArrayOf(isBodyRow),
});

export const isTableCell: Guard<TableCell> = isObject<TableCell>({ row: isCount, cell: isCount });

export const isTableSlice: Guard<TableSlice> = isObject<TableSlice>({
  bodyId: isString,
  rowCount: isCount,
  complete: isBoolean,
  columns: isCount,
  isPartial: isBoolean,
  from: isCount,
  rows: isArrayOf(isArrayOf(isString)),
  continued: isArrayOf(isCount),
  cut: isArrayOf(isTableCell),
});
