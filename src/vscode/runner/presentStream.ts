import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { Exchange } from '../../core/http/exchange';
import { secretMasker } from '../../core/http/secretMasker';
import type { StopReason, StreamEnd } from '../../core/stream/streamEvent';
import { streamFailure } from '../../core/stream/streamFailure';
import { closeCodeTexts } from '../../core/text/closeCodeTexts';
import { oneLine } from '../../core/text/oneLine';
import type { StreamView } from '../../shared/viewModel';
import { errorText } from '../platform/errorText';

/** The stream of a response; `undefined` where it is an ordinary body. */
export function presentStream({ id, outcome, secrets }: Exchange): StreamView | undefined {
  const stream = outcome.kind === 'response' ? outcome.response.stream : undefined;
  if (!stream) return undefined;
  const { kind, end } = stream;
  const mask = secretMasker(secrets ?? []);
  const ending = end && { text: mask(endText(end)), isGood: !streamFailure(end) };
  return { streamId: id, kind, open: !end, ending, canSend: kind === 'socket' && !end };
}

function endText(end: StreamEnd): string {
  const t = vscode.l10n.t;
  switch (end.kind) {
    case 'ended':
      return t('The server ended it.');
    case 'stopped':
      return stopText(end.by);
    case 'closed': {
      const known = closeCodeTexts[end.code];
      const words = known === undefined ? t('no known code') : t(known);
      const reason = oneLine(end.reason).trim();
      return reason === ''
        ? t('Closed with code {0}: {1}.', end.code, words)
        : t('Closed with code {0}: {1} ({2}).', end.code, words, reason);
    }
    case 'broken':
      return t('It broke off. {0}', errorText(end.error).message);
    default:
      return assertNever(end);
  }
}

function stopText(by: StopReason): string {
  const t = vscode.l10n.t;
  switch (by) {
    case 'events':
      return t('Stopped after as many as wanted.');
    case 'after':
      return t('Stopped after its time.');
    case 'matches':
      return t('Stopped at what it was waiting for.');
    case 'person':
      return t('You stopped it.');
    default:
      return assertNever(by);
  }
}
