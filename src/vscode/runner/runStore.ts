import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { Exchange } from '../../core/http/exchange';
import { ReceivedBody } from '../../core/http/receiveBody';
import type { BodyView } from '../../core/response/bodyView';
import type { RunState } from '../../shared/viewModel';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import type { ResponseOffer } from './responseOffer';
import { shownDuration } from '../platform/shownValues';
import type { LastSend, LastSends } from '../requests/sendCodeLenses';
import { wentWell } from './wentWell';

/** The latest send of a request in this window. */
export interface Run {
  readonly state: RunState;
  readonly exchange: Exchange | undefined;
  readonly body: BodyView | undefined;
  /** The connection whose token was sent along. */
  readonly connection: FoundConnection | undefined;
  /** What can be done about the response. */
  readonly offer: ResponseOffer | undefined;
}

/** Responses that are kept; older ones give their memory back. */
const maxRuns = 20;

/** Bytes of bodies that are kept in files; older ones give the disk back. */
const maxFileBytes = 2 * 1024 * 1024 * 1024;

const idle: Run = {
  state: { kind: 'idle' },
  exchange: undefined,
  body: undefined,
  connection: undefined,
  offer: undefined,
};

/** Remembers the latest run of each request. */
export class RunStore implements LastSends, vscode.Disposable {
  /** How the last send of each request ended, also when its response has been given up. */
  readonly #ended = new Map<string, LastSend>();
  /** In the order of their last change. */
  readonly #runs = new Map<string, Run>();
  #latest: string | undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #endedChanged = new vscode.EventEmitter<void>();

  readonly onDidChange = this.#changed.event;
  /** Another answer of `of`. */
  readonly onDidChangeEnded = this.#endedChanged.event;

  get(uri: vscode.Uri, request: string): Run {
    return this.#runs.get(keyOf(uri, request)) ?? idle;
  }

  set(uri: vscode.Uri, request: string, run: Run): void {
    const key = keyOf(uri, request);
    const before = this.#runs.get(key);
    if (before && before.exchange?.id !== run.exchange?.id) disposeRun(before);
    this.#runs.delete(key);
    this.#runs.set(key, run);
    this.#latest = key;
    this.#evict();
    this.#keepEnd(key, run);
    this.#changed.fire();
  }

  /**
   * Keeps how a send ended that nobody has begun in the runner. What is on its way there stays: it is the one that is
   * waited for, and its body is still being received.
   */
  setUnlessGoing(uri: vscode.Uri, request: string, run: Run): void {
    if (isGoing(this.get(uri, request))) disposeRun(run);
    else this.set(uri, request, run);
  }

  /** The request has another name. What is on its way ends under the old one. */
  move(uri: vscode.Uri, from: string, to: string): void {
    const [before, after] = [keyOf(uri, from), keyOf(uri, to)];
    const run = this.#runs.get(before);
    const ended = this.#ended.get(before);
    if ((run && isGoing(run)) || this.#runs.has(after)) return;
    this.#ended.delete(before);
    this.#runs.delete(before);
    if (ended) this.#ended.set(after, ended);
    if (run) this.#runs.set(after, run);
    if (this.#latest === before) this.#latest = after;
    if (ended) this.#endedChanged.fire();
  }

  /** While it is sent again, how it ended before. */
  of(uri: vscode.Uri, request: string): LastSend | undefined {
    return this.#ended.get(keyOf(uri, request));
  }

  dispose(): void {
    for (const run of this.#runs.values()) disposeRun(run);
    this.#changed.dispose();
    this.#endedChanged.dispose();
  }

  /** Gives up the bodies that are in files, where a send is over: nobody looks at them any more. */
  giveUpFiles(): void {
    for (const [key, run] of this.#runs) if (fileBytesOf(run) > 0 && !isGoing(run)) this.#giveUp(key, run);
    this.#changed.fire();
  }

  #keepEnd(key: string, run: Run): void {
    const before = this.#ended.get(key);
    const ended = lastSendOf(run);
    if (ended) this.#ended.set(key, ended);
    else if (run.state.kind === 'cancelled') this.#ended.delete(key);
    const now = this.#ended.get(key);
    if (before?.ok !== now?.ok || before?.text !== now?.text) this.#endedChanged.fire();
  }

  /** What went well goes first: people look at what did not. */
  #evict(): void {
    for (const isKept of [hasFailed, () => false]) {
      for (const [key, run] of this.#runs) {
        if (this.#runs.size <= maxRuns) break;
        if (!isKept(run) && this.#isOlder(key, run)) this.#giveUp(key, run);
      }
    }
    let bytes = [...this.#runs.values()].reduce((sum, run) => sum + fileBytesOf(run), 0);
    for (const [key, run] of this.#runs) {
      if (bytes <= maxFileBytes) return;
      if (fileBytesOf(run) === 0 || !this.#isOlder(key, run)) continue;
      bytes -= fileBytesOf(run);
      this.#giveUp(key, run);
    }
  }

  #isOlder(key: string, run: Run): boolean {
    return !isGoing(run) && key !== this.#latest;
  }

  #giveUp(key: string, run: Run): void {
    disposeRun(run);
    this.#runs.delete(key);
  }
}

/** Bytes that a body which is complete has in a file. */
function fileBytesOf({ exchange }: Run): number {
  if (exchange?.outcome.kind !== 'response') return 0;
  const { body } = exchange.outcome.response;
  return body instanceof ReceivedBody && body.isComplete && body.file ? body.size : 0;
}

/** It has not ended, whether or not there is something to see of it. */
function isGoing({ state }: Run): boolean {
  return state.kind === 'sending' || (state.kind === 'response' && state.exchange.receiving);
}

function hasFailed(run: Run): boolean {
  return lastSendOf(run)?.ok === false;
}

function lastSendOf({ state }: Run): LastSend | undefined {
  switch (state.kind) {
    case 'response': {
      const { status, duration, receiving } = state.exchange;
      if (receiving) return undefined;
      return { ok: wentWell(state.exchange), text: `${status} · ${shownDuration(duration)}` };
    }
    case 'failure':
      return { ok: false, text: vscode.l10n.t('failed') };
    case 'idle':
    case 'sending':
    case 'cancelled':
      return undefined;
    default:
      return assertNever(state);
  }
}

function keyOf(uri: vscode.Uri, request: string): string {
  return `${uri.toString()} ${request}`;
}

/** Gives back what a run holds that nobody gets to see any more. */
export function disposeRun({ exchange, body }: Run): void {
  body?.dispose?.();
  if (exchange?.outcome.kind === 'response') exchange.outcome.response.body.dispose();
}
