import type { Exchange } from '../../core/http/exchange';
import type { SendPhase } from '../../core/http/sendPhase';
import type { SiteOutcome } from '../../core/run/outcome';
import type { RunProgress } from '../../core/run/runPorts';
import type { Site } from '../../core/run/site';
import type { StreamLog } from '../../core/stream/streamLog';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import { shownExchange } from '../../core/http/shownExchange';
import type { StepUp } from '../../core/http/stepUp';
import type { PrerequisiteSummary, SendSummary } from '../../core/http/summary';
import { contextOf } from '../run/filePlaces';
import { prerequisiteSummary, progressNote, uploadNote } from '../run/runNotes';
import type { RunService } from '../run/runService';
import type { OpenQuestions } from '../platform/openQuestions';
import { ArrivingResponse } from './arrivingResponse';
import { notSent, openBody, presentOutcome, presentSofar, type PresentDeps } from './presentOutcome';
import type { RequestContext, SendResult } from './requestSender';
import type { Run } from './runStore';
import { SendProgress, type Progress } from './sendProgress';
import { streamOf } from './shownStream';

export interface RunRequestDeps extends PresentDeps {
  readonly engine: RunService;
  readonly questions: OpenQuestions;
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

/** Hears what happens before a send ends. */
export interface RunHearing {
  /** What it is busy with, where that is not just sending once. */
  onProgress(progress: Progress): void;
  /** A request that had to be sent before. */
  onPrerequisite(context: RequestContext, run: Run): void;
  /** What there is to see of a response whose body takes its time. */
  onArriving(run: Run): void;
  /** A stream that goes on, and that a person can end. */
  onStream(stream: StreamLog): void;
}

/** Sends a request, with what it needs, and draws up how it ended. Never rejects for what a user can cause. */
export async function runRequest(
  deps: RunRequestDeps,
  context: RequestContext,
  options: SendOptions,
  hearing: RunHearing,
  signal: AbortSignal,
): Promise<EndedRun> {
  const { environment, as } = options;
  const before: PrerequisiteSummary[] = [];
  const arriving = arrivingResponse(deps, hearing);
  const going = new SendProgress(deps.questions, (progress) => hearing.onProgress(progress));
  let ended: EndedRun | undefined;
  let note: string | undefined;
  const listener = {
    onProgress: (progress: RunProgress) => {
      if (progress.phase === 'preparing') going.prepare();
      note = progressNote(progress, context);
      going.note(note);
    },
    onEnd: async (site: Site, outcome: SiteOutcome<SendResult>) => {
      const at = contextOf(site);
      if (isTarget(at, context)) {
        ended = await presentOutcome(deps, outcome, before, options, await arriving.end());
        return;
      }
      before.push(prerequisiteSummary(site, outcome));
      hearing.onPrerequisite(at, (await presentOutcome(deps, outcome, [], {})).run);
    },
  };
  // Of several responses none is shown before it is known which; what is captured may be secret, and is masked then.
  const { flow, captures } = context.entry;
  const isOnce = !flow.forEach && !flow.retry;
  const isOnly = isOnce && captures.length === 0;
  const onResponse = (sofar: Exchange): void => {
    const stream = streamOf(sofar);
    if (stream && isOnce) hearing.onStream(stream);
    if (isOnly) arriving.begin(sofar);
  };
  const onProgress = (phase: SendPhase, bytes: number, total?: number): void => {
    going.leave();
    if (phase === 'sending' && bytes > 0) going.note(uploadNote(note, bytes, total));
    else if (phase === 'waiting') going.note(note);
  };
  try {
    await deps.engine.send({ context, environment, as, onResponse, onProgress }, listener, signal);
  } catch (error) {
    (await arriving.end())?.dispose?.();
    return notSent(error, deps.log);
  } finally {
    going.dispose();
  }
  if (!ended) throw new Error(`${context.entry.name} was not sent`);
  return ended;
}

function arrivingResponse(deps: PresentDeps, hearing: RunHearing): ArrivingResponse {
  return new ArrivingResponse({
    // A small body is opened anew when all of it is there, with rows of its own.
    open: (sofar, body) => openBody(deps, sofar, body, `${sofar.id}.${body.size > 0 ? 'arriving' : 'waiting'}`),
    show: async (sofar, view) => {
      const shown = shownExchange(sofar);
      const { outcome } = shown;
      if (outcome.kind === 'response') hearing.onArriving(await presentSofar(shown, outcome.response, view));
    },
  });
}

function isTarget({ uri, entry }: RequestContext, context: RequestContext): boolean {
  return uri.toString() === context.uri.toString() && entry.name === context.entry.name;
}
