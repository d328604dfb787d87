import { isArrayOf, isBoolean, isCount, isObject, isOneOf, isOptional, isString, isUnion, type Guard } from './guard';
import { isEditEnd, isEditView, isWantedRequest } from './editGuards';
import { isCompareWith, isHistoryId, isHistoryItem } from './historyGuards';
import type { BodyBytes, BodyLayout, BodyPreview, FilterResult, FindMatch, HostMessage, ViewMessage } from './protocol';
import { runnerStrings, type RunnerStrings } from './runnerStrings';
import { isTypedEdit, isTypedView } from './typedView';
import {
  isBodyForm,
  isBodyInfo,
  isBodyRows,
  isRunnerAction,
  isRunnerModel,
  isStreamRow,
  isTableCell,
  isTableSlice,
} from './viewModelGuard';

/** Longest texts that a view may send; a person types less. */
const MAX_TEXT = 4096;
/** More columns than any screen has. */
const MAX_COLUMNS = 100_000;

const isShortString: Guard<string> = (value): value is string => isString(value) && value.length <= MAX_TEXT;
/** What people paste into a message box may be long. */
const MAX_MESSAGE = 1024 * 1024;
const isMessage: Guard<string> = (value): value is string => isString(value) && value.length <= MAX_MESSAGE;
const isColumns: Guard<number> = (value): value is number => isCount(value) && value <= MAX_COLUMNS;

const isLayout = isObject<BodyLayout>({ form: isBodyForm, columns: isColumns });

const range = { requestId: isCount, bodyId: isShortString, from: isCount, to: isCount };

/** Whether a message that came from the view is one that the host knows. */
export const isViewMessage: Guard<ViewMessage> = isUnion<'type', ViewMessage>('type', {
  ready: { version: isCount, layout: isLayout },
  layout: { layout: isLayout },
  send: {},
  cancel: {},
  selectRequest: { name: isString },
  pin: { isPinned: isBoolean },
  requestRows: { ...range, form: isBodyForm, columns: isColumns },
  fold: {
    ...{ bodyId: isShortString, columns: isColumns, top: isCount },
    ...{ row: isOptional(isCount), isFolded: isBoolean },
  },
  copyNode: { bodyId: isShortString, columns: isColumns, row: isCount, what: isOneOf(['path', 'value', 'all']) },
  filter: { requestId: isCount, bodyId: isShortString, path: isShortString },
  requestBytes: range,
  requestTable: range,
  requestPreview: { requestId: isCount, bodyId: isShortString },
  saveBody: {},
  find: { requestId: isCount, bodyId: isShortString, form: isBodyForm, columns: isColumns, text: isShortString },
  findCells: { requestId: isCount, bodyId: isShortString, text: isShortString },
  action: { action: isRunnerAction },
  copy: { what: isOneOf(['url', 'body', 'headers', 'sent']), form: isBodyForm },
  streamItem: { streamId: isShortString, index: isCount },
  streamSend: { streamId: isShortString, text: isMessage },
  copyHeader: { index: isCount },
  openBodyInEditor: { form: isBodyForm },
  openCell: { bodyId: isShortString, row: isCount, cell: isCount },
  listHistory: {},
  edit: {},
  endEdit: {},
  applyEdit: { base: isShortString, wanted: isWantedRequest, send: isBoolean },
  openHistory: { id: isHistoryId },
  showLatest: {},
  compare: { with: isCompareWith },
  keepEdit: { of: isShortString, edit: isOptional(isTypedEdit) },
  keepMessage: { of: isShortString, text: isMessage },
  problem: { message: isShortString },
});

const isStrings: Guard<RunnerStrings> = (value): value is RunnerStrings =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(runnerStrings).every((key) => isString((value as Record<string, unknown>)[key]));

const isMatch = isObject<FindMatch>({ row: isCount, start: isCount, end: isCount });

/** Whether a message that came from the host is one that the view knows. */
export const isHostMessage: Guard<HostMessage> = isUnion<'type', HostMessage>('type', {
  snapshot: { version: isCount, strings: isStrings, model: isRunnerModel, rows: isOptional(isBodyRows) },
  update: { model: isRunnerModel, rows: isOptional(isBodyRows) },
  bodyRows: { requestId: isCount, rows: isBodyRows },
  found: { requestId: isCount, matches: isArrayOf(isMatch), more: isBoolean, isFailed: isBoolean },
  foundCells: { requestId: isCount, matches: isArrayOf(isTableCell), more: isBoolean, isFailed: isBoolean },
  bodyGrew: {
    ...{ bodyId: isString, form: isBodyForm, columns: isColumns },
    ...{ size: isCount, rowCount: isCount, lineCount: isCount },
    ...{ hasPretty: isBoolean, complete: isBoolean },
  },
  history: { items: isArrayOf(isHistoryItem) },
  written: { edit: isEditView },
  editEnd: { end: isEditEnd },
  refolded: { rows: isBodyRows, top: isOptional(isCount) },
  filtered: {
    requestId: isCount,
    result: isUnion<'kind', FilterResult>('kind', {
      hits: { body: isBodyInfo, count: isCount, shown: isCount },
      problem: { message: isString, at: isOptional(isCount) },
    }),
  },
  bodyBytes: {
    requestId: isCount,
    bytes: isObject<BodyBytes>({ bodyId: isString, from: isCount, size: isCount, data: isString }),
  },
  bodyTable: { requestId: isCount, table: isTableSlice },
  bodyPreview: {
    requestId: isCount,
    preview: isObject<BodyPreview>({
      ...{ bodyId: isString, html: isOptional(isString), isPage: isBoolean, shownBytes: isCount },
    }),
  },
  streamRows: { streamId: isString, rows: isArrayOf(isStreamRow), count: isCount, dropped: isCount },
  streamItem: { streamId: isString, index: isCount, text: isString },
  typed: { of: isString, typed: isTypedView },
  announce: { text: isString },
});
