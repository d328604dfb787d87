import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import { STATUS } from '../../core/expect/expectationResult';
import type { Exchange } from '../../core/http/exchange';
import type { BodyView } from '../../core/response/bodyView';
import type { RunState } from '../../shared/viewModel';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import type { ResponseOffer } from './responseOffer';
import type { LastSend, LastSends } from '../requests/sendCodeLenses';

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
  /** In the order of their last change. */
  readonly #runs = new Map<string, Run>();
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
    this.#evict();
    this.#changed.fire();
  }

  of(uri: vscode.Uri, request: string): LastSend | undefined {
    const { state } = this.get(uri, request);
    switch (state.kind) {
      case 'response': {
        const { status, duration, expectations, receiving } = state.exchange;
        if (receiving) return undefined;
        const decided = expectations.some(({ what }) => what.startsWith(STATUS));
        const ok = expectations.every((each) => each.ok) && (decided || status < 400);
        return { ok, text: `${status} · ${Math.round(duration)} ms` };
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

  dispose(): void {
    for (const run of this.#runs.values()) disposeBody(run);
    this.#changed.dispose();
  }

  #evict(): void {
    for (const [key, run] of this.#runs) {
      if (this.#runs.size <= maxRuns) return;
      if (run.state.kind === 'sending') continue;
      disposeBody(run);
      this.#runs.delete(key);
    }
  }
}

function keyOf(uri: vscode.Uri, request: string): string {
  return `${uri.toString()} ${request}`;
}

function disposeBody({ exchange, body }: Run): void {
  body?.dispose?.();
  if (exchange?.outcome.kind === 'response') exchange.outcome.response.body.dispose();
}
