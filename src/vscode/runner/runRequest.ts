import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { Exchange, ResponseBody, ResponseSummary } from '../../core/http/exchange';
import type { ExpectationResult } from '../../core/expect/expectationResult';
import { withoutOffer, type StepUp } from '../../core/http/stepUp';
import { summarise, type SendSummary } from '../../core/http/summary';
import type { Log } from '../../core/ports';
import { ReceivedBody } from '../../core/http/receiveBody';
import type { BodyView } from '../../core/response/bodyView';
import type { LargeBodies } from '../../core/response/largeBodies';
import { openBodyView } from '../../core/response/openBodyView';
import type { ExpectationView, ResponseNotice, RunState } from '../../shared/viewModel';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { errorText } from '../platform/errorText';
import { isCancelled } from '../platform/isCancelled';
import { ArrivingResponse } from './arrivingResponse';
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
  /** Looks through bodies that are too big for this thread. */
  readonly large: LargeBodies;
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

/**
 * Sends a request and draws up how it ended. Never rejects for what a user can cause.
 * @param onArriving gets what there is to see of a response whose body takes its time.
 */
export async function runRequest(
  deps: RunRequestDeps,
  context: RequestContext,
  { as, steppedUp }: SendOptions,
  signal: AbortSignal,
  onArriving: (run: Run) => void,
): Promise<EndedRun> {
  const arriving = new ArrivingResponse({
    // A small body is opened anew when all of it is there, with rows of its own.
    open: (sofar, body) => openBody(deps, sofar, body, `${sofar.id}.arriving`),
    show: async (sofar, view) => {
      const { outcome } = sofar;
      if (outcome.kind === 'response') onArriving(await presentSofar(sofar, outcome.response, view));
    },
  });
  try {
    const sent = await deps.sender.send(context, signal, as, (sofar) => {
      // What is captured may be secret, and is masked once it is known.
      if (context.entry.captures.length === 0) arriving.begin(sofar);
    });
    const result = { ...sent, exchange: withoutOffer(sent.exchange, steppedUp) };
    const offer = responseOffer(result, as !== undefined);
    const summary = summarise(result.exchange, result.expectations);
    const missing = summary.ok ? undefined : signInRequired(offer);
    const error = missing && { code: missing.code, message: errorText(missing).message };
    const run = await present(deps, result, offer, await arriving.end());
    return { run, summary: error ? { ...summary, error } : summary };
  } catch (error) {
    (await arriving.end())?.dispose?.();
    return notSent(error, deps.log);
  }
}

/** A run without a response. */
export function runWithout(state: RunState): Run {
  return { state, exchange: undefined, body: undefined, connection: undefined, offer: undefined };
}

async function present(
  deps: RunRequestDeps,
  { exchange, expectations, captures, connection }: SendResult,
  offer: ResponseOffer | undefined,
  arrived: BodyView | undefined,
): Promise<Run> {
  const { outcome } = exchange;
  const sent = presentSent(exchange.request);
  switch (outcome.kind) {
    case 'response': {
      const { response } = outcome;
      const body = await viewOf(deps, exchange, response.body, arrived);
      const view = await presentExchange(exchange, response, body, {
        expectations: presentExpectations(expectations),
        captures,
        notice: noticeFor(exchange, offer),
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
  deps: RunRequestDeps,
  exchange: Exchange,
  body: ResponseBody,
  arrived: BodyView | undefined,
): Promise<BodyView> {
  if (arrived && body instanceof ReceivedBody && body.file) return arrived;
  arrived?.dispose?.();
  return openBody(deps, exchange, body);
}

function openBody(
  { pause, large }: RunRequestDeps,
  exchange: Exchange,
  body: ResponseBody,
  id = exchange.id,
): Promise<BodyView> {
  const headers = exchange.outcome.kind === 'response' ? exchange.outcome.response.headers : [];
  const contentType = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return openBodyView(body, { id, contentType, mask: exchange.secrets ?? [], pause, large });
}

async function presentSofar(exchange: Exchange, response: ResponseSummary, body: BodyView): Promise<Run> {
  const view = await presentExchange(exchange, response, body, { expectations: [], captures: [], notice: undefined });
  const state = { kind: 'response', exchange: view } as const;
  return { state, exchange, body, connection: undefined, offer: undefined };
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
