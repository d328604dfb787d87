import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import { LatchkeyError } from '../../core/errors';
import type { ExpectationResult } from '../../core/expect/expectationResult';
import type { FailureReason, SkipReason } from '../../core/run/outcome';
import { errorText } from '../platform/errorText';
import { sentence } from '../platform/showFailure';

/** Why a request did not go well, in a sentence. */
export function reasonText(reason: FailureReason): string {
  const t = vscode.l10n.t;
  switch (reason.kind) {
    case 'error':
      return sentence(errorText(reason.error).message);
    case 'status':
      return t('The status is {0}.', reason.status);
    case 'expectation':
      return expectationText(reason.expectation);
    case 'rows': {
      const { count, failed } = reason.rows;
      const first = reasonText(reason.first);
      return t('{0} of {1} rows failed. The first: {2}', failed, count, first);
    }
    case 'skipped':
      return skipText(reason.reason);
    case 'cancelled':
      return t('It was cancelled.');
    default:
      return assertNever(reason);
  }
}

/** Why a request was not sent, in a sentence. */
export function skipText(reason: SkipReason): string {
  const t = vscode.l10n.t;
  switch (reason.kind) {
    case 'skip':
      return t('The file says skip.');
    case 'noRows':
      return t('{0} has no rows.', reason.source);
    case 'prerequisite':
      return reason.failure.kind === 'skipped'
        ? t('It needs {0}, which was skipped.', reason.site.entry.name)
        : t('It needs {0}, which failed.', reason.site.entry.name);
    default:
      return assertNever(reason);
  }
}

/** The same as an error, for whoever sends one request. */
export function skipError(reason: SkipReason): LatchkeyError {
  if (reason.kind === 'noRows') return new LatchkeyError('run.noRows', { source: reason.source });
  if (reason.kind === 'skip') throw new Error('A request that is sent alone is not skipped');
  const prerequisite = reason.site.entry.name;
  if (reason.failure.kind === 'skipped') return new LatchkeyError('run.prerequisiteSkipped', { prerequisite });
  return new LatchkeyError('run.prerequisiteFailed', { prerequisite, reason: reasonText(reason.failure) });
}

function expectationText({ what, actual }: ExpectationResult): string {
  const t = vscode.l10n.t;
  return actual === undefined ? t('Expected {0}.', what) : t('Expected {0}, got {1}.', what, actual);
}
