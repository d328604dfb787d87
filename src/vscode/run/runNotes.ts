import * as vscode from 'vscode';

import type { PrerequisiteSummary } from '../../core/http/summary';
import type { Sent, SiteOutcome } from '../../core/run/outcome';
import type { RunProgress } from '../../core/run/runPorts';
import type { Site } from '../../core/run/site';
import type { RunNote } from '../../shared/viewModel';
import { shownSize } from '../platform/shownValues';
import type { RequestContext } from '../runner/requestSender';

/** What a send is busy with, in a few words; `undefined` where it is nothing but sending. */
export function progressNote(progress: RunProgress, { uri, entry }: RequestContext): string | undefined {
  const { site, phase, attempt, attempts, row } = progress;
  const t = vscode.l10n.t;
  const isOther = site.place.uri !== uri.toString() || site.entry.name !== entry.name;
  const facts = [
    ...(isOther ? [t('{0} first', site.entry.name)] : []),
    ...(row === undefined ? [] : [t('row {0}', row)]),
    ...(attempt > 1 ? [t('attempt {0} of {1}', attempt, attempts)] : []),
    ...(phase === 'waiting' ? [t('waiting')] : []),
  ];
  return facts.length > 0 ? facts.join(' · ') : undefined;
}

/** How much of a body with files has left, beside what else there is to say. */
export function uploadNote(note: string | undefined, bytes: number, total: number | undefined): string {
  const t = vscode.l10n.t;
  const sent =
    total === undefined ? t('{0} sent', shownSize(bytes)) : t('{0} of {1} sent', shownSize(bytes), shownSize(total));
  return note === undefined ? sent : `${note} · ${sent}`;
}

/** What belongs to a send beside the exchange that is shown. */
export function runNotes<S extends Sent>(
  { shown, rows, ok }: SiteOutcome<S> & { readonly kind: 'sent' },
  before: readonly PrerequisiteSummary[],
): readonly RunNote[] {
  const t = vscode.l10n.t;
  const sent = before.map((each) => ({
    ok: each.ok,
    text: each.status === undefined ? t('{0} first', each.request) : t('{0} first: {1}', each.request, each.status),
  }));
  const attempts = shown.attempts > 1 ? [{ ok, text: t('{0} attempts', shown.attempts) }] : [];
  const tally = rows
    ? [{ ok: rows.failed === 0, text: t('{0} of {1} rows went well', rows.count - rows.failed, rows.count) }]
    : [];
  const row = shown.row === undefined ? [] : [{ ok: shown.judgement.ok, text: t('showing row {0}', shown.row) }];
  return [...sent, ...attempts, ...tally, ...row];
}

export function prerequisiteSummary<S extends Sent>(site: Site, outcome: SiteOutcome<S>): PrerequisiteSummary {
  const request = site.entry.name;
  if (outcome.kind !== 'sent') return { request, ok: false };
  const end = outcome.shown.sent.exchange.outcome;
  return { request, ok: outcome.ok, ...(end.kind === 'response' ? { status: end.response.status } : {}) };
}
