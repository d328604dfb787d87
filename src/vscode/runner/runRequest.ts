import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { Exchange } from '../../core/http/exchange';
import type { ExpectationResult } from '../../core/http/expectations';
import { withoutOffer, type StepUp } from '../../core/http/stepUp';
import { summarise, type SendSummary } from '../../core/http/summary';
import type { Log } from '../../core/ports';
import { openBodyView } from '../../core/response/openBodyView';
import type { ExpectationView, ResponseNotice, RunState } from '../../shared/viewModel';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { errorText } from '../platform/errorText';
import { isCancelled } from '../platform/isCancelled';
import { failureView } from './failureView';
import { presentExchange } from './presentExchange';
import { presentSent } from './presentSent';
import type { RequestContext, RequestSender, SendResult } from './requestSender';
import { noticeOf, responseOffer, signInRequired, type ResponseOffer } from './responseOffer';
import type { Run } from './runStore';
import { stepUpNotice } from './stepUpNotice';

export interface RunRequestDeps {
  readonly sender: RequestSender;
  readonly log: Log;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}

export interface SendOptions {
  /** Instead of the active one. */
  readonly environment?: string | undefined;
  /** What the sign-in before this send was for. Refused for the same once more, the answer is a no. */
  readonly steppedUp?: StepUp | undefined;
  /** What the user has just signed in to, whatever the file says. */
  readonly as?: FoundConnection | undefined;
}

/** How a send ended: for the runner, and for whoever asked for it. */
export interface EndedRun {
  readonly run: Run;
  readonly summary: SendSummary;
}

/** Sends a request and draws up how it ended. Never rejects for what a user can cause. */
export async function runRequest(
  deps: RunRequestDeps,
  context: RequestContext,
  { as, steppedUp }: SendOptions,
  signal: AbortSignal,
): Promise<EndedRun> {
  try {
    const sent = await deps.sender.send(context, signal, as);
    const result = { ...sent, exchange: withoutOffer(sent.exchange, steppedUp) };
    const offer = responseOffer(result, as !== undefined);
    const summary = summarise(result.exchange, result.expectations);
    const missing = summary.ok ? undefined : signInRequired(offer);
    const error = missing && { code: missing.code, message: errorText(missing).message };
    return { run: await present(deps, result, offer), summary: error ? { ...summary, error } : summary };
  } catch (error) {
    return notSent(error, deps.log);
  }
}

/** A run without a response. */
export function runWithout(state: RunState): Run {
  return { state, exchange: undefined, body: undefined, connection: undefined, offer: undefined };
}

async function present(
  { log, pause }: RunRequestDeps,
  { exchange, expectations, connection }: SendResult,
  offer: ResponseOffer | undefined,
): Promise<Run> {
  const { outcome } = exchange;
  const sent = presentSent(exchange.request);
  switch (outcome.kind) {
    case 'response': {
      const { response } = outcome;
      const contentType = response.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
      const options = { id: exchange.id, contentType, mask: exchange.secrets ?? [], pause };
      const body = await openBodyView(response.body, options);
      const view = await presentExchange(exchange, response, body, {
        expectations: presentExpectations(expectations),
        notice: noticeFor(exchange, offer),
      });
      return { state: { kind: 'response', exchange: view }, exchange, body, connection, offer };
    }
    case 'failure':
      log.info(`Send failed: ${outcome.error.code}`);
      return runWithout({ kind: 'failure', failure: failureView(outcome.error), sent });
    case 'cancelled':
      return runWithout({ kind: 'cancelled', sent });
    default:
      return assertNever(outcome);
  }
}

function notSent(error: unknown, log: Log): EndedRun {
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

function presentExpectations(results: readonly ExpectationResult[]): ExpectationView[] {
  return results.map(({ what, ok, actual }) => ({
    what,
    ok,
    actual: actual === undefined ? undefined : String(actual),
  }));
}
