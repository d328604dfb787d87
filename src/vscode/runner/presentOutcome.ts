import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { Exchange, ResponseBody, ResponseSummary } from '../../core/http/exchange';
import type { Judgement, SiteOutcome } from '../../core/run/outcome';
import { withoutOffer } from '../../core/http/stepUp';
import { summarise, type PrerequisiteSummary, type SendSummary } from '../../core/http/summary';
import { abortError } from '../../core/errors';
import type { Log } from '../../core/ports';
import { ReceivedBody } from '../../core/http/receiveBody';
import type { BodyView } from '../../core/response/bodyView';
import type { LargeBodies } from '../../core/response/largeBodies';
import { openBodyView } from '../../core/response/openBodyView';
import type { ExpectationView, ResponseNotice, RunNote, RunState } from '../../shared/viewModel';
import { errorText } from '../platform/errorText';
import { isCancelled } from '../platform/isCancelled';
import { failureView } from './failureView';
import { presentCookies } from './presentCookies';
import { presentExchange } from './presentExchange';
import { presentSent } from './presentSent';
import { presentStream } from './presentStream';
import { skipError } from '../run/reasonText';
import { runNotes } from '../run/runNotes';
import type { SendResult } from './requestSender';
import { noticeOf, responseOffer, signInRequired, type ResponseOffer } from './responseOffer';
import type { EndedRun, SendOptions } from './runRequest';
import type { Run } from './runStore';
import { stepUpNotice } from './stepUpNotice';

export interface PresentDeps {
  readonly log: Log;
  /** Looks through bodies that are too big for this thread. */
  readonly large: LargeBodies;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}

/** Draws up how a request ended. */
export async function presentOutcome(
  deps: PresentDeps,
  outcome: SiteOutcome<SendResult>,
  before: readonly PrerequisiteSummary[],
  { as, steppedUp }: SendOptions,
  arrived?: BodyView,
): Promise<EndedRun> {
  if (outcome.kind !== 'sent') arrived?.dispose?.();
  switch (outcome.kind) {
    case 'sent': {
      const { shown } = outcome;
      const result = { ...shown.sent, exchange: withoutOffer(shown.sent.exchange, steppedUp) };
      const offer = responseOffer(result, as !== undefined);
      const notes = runNotes(outcome, before);
      const facts = { judgement: shown.judgement, offer, notes };
      const run = await present(deps, result, facts, arrived);
      return { run, summary: sentSummary(outcome, result, before, offer) };
    }
    case 'failed':
      return withBefore(notSent(outcome.error, deps.log), before);
    case 'skipped':
      return withBefore(notSent(skipError(outcome.reason), deps.log), before);
    case 'cancelled':
      return withBefore(notSent(abortError(), deps.log), before);
    default:
      return assertNever(outcome);
  }
}

function sentSummary(
  { ok, shown, rows, stoppedBy }: SiteOutcome<SendResult> & { readonly kind: 'sent' },
  { exchange }: SendResult,
  before: readonly PrerequisiteSummary[],
  offer: ResponseOffer | undefined,
): SendSummary {
  const summary = summarise(exchange, shown.judgement.expectations);
  const error = stoppedBy ?? (ok ? undefined : signInRequired(offer));
  return {
    ...summary,
    ok,
    ...(error === undefined ? {} : { error: codeAndMessage(error) }),
    ...(shown.attempts > 1 ? { attempts: shown.attempts } : {}),
    ...(rows ? { rows } : {}),
    ...(before.length > 0 ? { prerequisites: before } : {}),
  };
}

function withBefore({ run, summary }: EndedRun, before: readonly PrerequisiteSummary[]): EndedRun {
  return { run, summary: before.length > 0 ? { ...summary, prerequisites: before } : summary };
}

function codeAndMessage(error: unknown): { readonly code: string; readonly message: string } {
  const { code, message } = errorText(error);
  return { code, message };
}

/** A run without a response. */
export function runWithout(state: RunState): Run {
  return { state, exchange: undefined, body: undefined, connection: undefined, offer: undefined };
}

interface PresentFacts {
  readonly judgement: Judgement;
  readonly offer: ResponseOffer | undefined;
  readonly notes: readonly RunNote[];
}

async function present(
  deps: PresentDeps,
  { exchange, connection }: SendResult,
  { judgement, offer, notes }: PresentFacts,
  arrived: BodyView | undefined,
): Promise<Run> {
  const { outcome } = exchange;
  const sent = presentSent(exchange.request);
  switch (outcome.kind) {
    case 'response': {
      const { response } = outcome;
      const body = await viewOf(deps, exchange, response.body, arrived);
      const view = await presentExchange(exchange, response, body, {
        expectations: presentExpectations(judgement.expectations),
        captures: judgement.captures,
        notice: noticeFor(exchange, offer),
        notes,
        cookies: presentCookies(exchange),
        stream: presentStream(exchange),
      });
      return { state: { kind: 'response', exchange: view }, exchange, body, connection, offer };
    }
    case 'failure':
      arrived?.dispose?.();
      deps.log.info(`Send failed: ${outcome.error.code}`);
      return runWithout({ kind: 'failure', failure: failureView(outcome.error), sent });
    case 'cancelled':
      arrived?.dispose?.();
      return runWithout({ kind: 'cancelled', sent });
    default:
      return assertNever(outcome);
  }
}

/** The view that showed the body while it arrived, where that can show all of it. */
async function viewOf(
  deps: PresentDeps,
  exchange: Exchange,
  body: ResponseBody,
  arrived: BodyView | undefined,
): Promise<BodyView> {
  if (arrived && arrived.kind.kind !== 'empty' && body instanceof ReceivedBody && body.file) return arrived;
  arrived?.dispose?.();
  return openBody(deps, exchange, body);
}

/** A view of a body, by the type that its response names. */
export function openBody(
  { pause, large }: PresentDeps,
  exchange: Exchange,
  body: ResponseBody,
  id = exchange.id,
): Promise<BodyView> {
  const headers = exchange.outcome.kind === 'response' ? exchange.outcome.response.headers : [];
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return openBodyView(body, { id, contentType, mask: exchange.secrets ?? [], pause, large });
}

/** Draws up a response whose send is not over, though its last bytes may have come a moment ago. */
export async function presentSofar(exchange: Exchange, response: ResponseSummary, body: BodyView): Promise<Run> {
  const view = await presentExchange(exchange, response, body, {
    ...{ expectations: [], captures: [], notes: [] },
    notice: undefined,
    cookies: presentCookies(exchange),
    stream: presentStream(exchange),
  });
  const state = { kind: 'response', exchange: { ...view, receiving: true } } as const;
  return { state, exchange, body, connection: undefined, offer: undefined };
}

/** A send that ended before anything was sent. */
export function notSent(error: unknown, log: Log): EndedRun {
  if (isCancelled(error)) {
    const message = vscode.l10n.t('The request was cancelled.');
    return {
      run: runWithout({ kind: 'cancelled', sent: undefined }),
      summary: { ok: false, error: { code: 'cancelled', message } },
    };
  }
  const failure = failureView(error);
  log.error('A request was not sent', error);
  return {
    run: runWithout({ kind: 'failure', failure, sent: undefined }),
    summary: { ok: false, error: { code: failure.code, message: failure.message } },
  };
}

/** What the API itself asks for comes first. */
function noticeFor({ stepUp }: Exchange, offer: ResponseOffer | undefined): ResponseNotice | undefined {
  if (stepUp) return stepUpNotice(stepUp);
  return offer && noticeOf(offer);
}

function presentExpectations(results: Judgement['expectations']): ExpectationView[] {
  return results.map(({ what, ok, actual }) => ({
    what,
    ok,
    actual: actual === undefined ? undefined : String(actual),
  }));
}
