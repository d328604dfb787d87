import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { Exchange } from '../../core/http/exchange';
import type { BodyView } from '../../core/response/bodyView';
import type { RunState } from '../../shared/viewModel';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import type { ResponseOffer } from './responseOffer';
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

const idle: Run = {
  state: { kind: 'idle' },
  exchange: undefined,
  body: undefined,
  connection: undefined,
  offer: undefined,
};

/** Remembers the latest run of each request. */
export class RunStore implements LastSends, vscode.Disposable {
  /** How requests ended whose response has been given up. */
  readonly #past = new Map<string, LastSend>();
  /** In the order of their last change. */
  readonly #runs = new Map<string, Run>();
  #latest: string | undefined;
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onDidChange = this.#changed.event;

  get(uri: vscode.Uri, request: string): Run {
    return this.#runs.get(keyOf(uri, request)) ?? idle;
  }

  set(uri: vscode.Uri, request: string, run: Run): void {
    const key = keyOf(uri, request);
    const before = this.#runs.get(key);
    if (before && before.exchange?.id !== run.exchange?.id) disposeBody(before);
    this.#runs.delete(key);
    this.#runs.set(key, run);
    this.#past.delete(key);
    this.#latest = key;
    this.#evict();
    this.#changed.fire();
  }

  of(uri: vscode.Uri, request: string): LastSend | undefined {
    const key = keyOf(uri, request);
    const run = this.#runs.get(key);
    return run ? lastSendOf(run) : this.#past.get(key);
  }

  dispose(): void {
    for (const run of this.#runs.values()) disposeBody(run);
    this.#changed.dispose();
  }

  /** What went well goes first: people look at what did not. */
  #evict(): void {
    for (const isKept of [hasFailed, () => false]) {
      for (const [key, run] of this.#runs) {
        if (this.#runs.size <= maxRuns) return;
        if (run.state.kind === 'sending' || isKept(run) || key === this.#latest) continue;
        const last = lastSendOf(run);
        if (last) this.#past.set(key, last);
        disposeBody(run);
        this.#runs.delete(key);
      }
    }
  }
}

function hasFailed(run: Run): boolean {
  return lastSendOf(run)?.ok === false;
}

function lastSendOf({ state }: Run): LastSend | undefined {
  switch (state.kind) {
    case 'response': {
      const { status, duration, receiving } = state.exchange;
      if (receiving) return undefined;
      return { ok: wentWell(state.exchange), text: `${status} · ${Math.round(duration)} ms` };
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

function disposeBody({ exchange, body }: Run): void {
  body?.dispose?.();
  if (exchange?.outcome.kind === 'response') exchange.outcome.response.body.dispose();
}
