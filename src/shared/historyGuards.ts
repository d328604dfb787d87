import { isBoolean, isFiniteNumber, isObject, isOptional, isString, isUnion, type Guard } from './guard';
import type { CompareWith, HistoryItem, KeptOutcome, PastView } from './historyView';

/** Longer than any id of ours. */
const MAX_ID = 64;

export const isHistoryId: Guard<string> = (value): value is string => isString(value) && value.length <= MAX_ID;

const isOutcome: Guard<KeptOutcome> = isUnion<'kind', KeptOutcome>('kind', {
  response: { status: isFiniteNumber, statusText: isString, ok: isBoolean },
  failure: { code: isString },
  cancelled: {},
});

export const isHistoryItem: Guard<HistoryItem> = isObject<HistoryItem>({
  id: isHistoryId,
  at: isFiniteNumber,
  environment: isOptional(isString),
  outcome: isOutcome,
  duration: isOptional(isFiniteNumber),
  size: isOptional(isFiniteNumber),
  isShown: isBoolean,
});

export const isPast: Guard<PastView> = isObject<PastView>({
  id: isHistoryId,
  at: isFiniteNumber,
  environment: isOptional(isString),
  isLatest: isBoolean,
});

export const isCompareWith: Guard<CompareWith> = isUnion<'kind', CompareWith>('kind', {
  previous: {},
  entry: { id: isHistoryId },
  ask: {},
});
