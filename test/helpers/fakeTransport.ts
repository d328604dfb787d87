import { abortError } from '../../src/core/errors';
import type { Header, HttpTransport, TransportObserver, WireRequest, WireResponse } from '../../src/core/ports';

export interface FakeResponse {
  readonly status: number;
  readonly headers?: readonly Header[];
  readonly body?: AsyncIterable<Uint8Array> | string;
}

type Answer = (
  request: WireRequest,
  signal: AbortSignal,
  observer: TransportObserver,
) => FakeResponse | Promise<FakeResponse>;

/** A transport that answers from a function, and keeps what it was asked to send. */
export class FakeTransport implements HttpTransport {
  readonly sent: WireRequest[] = [];
  readonly #answer: Answer;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  async send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<WireResponse> {
    if (signal.aborted) throw abortError();
    this.sent.push(request);
    const {
      status,
      headers = [],
      body = '',
    } = await this.#answer(request, signal, observer ?? { onPhase: () => undefined });
    return {
      status,
      statusText: '',
      headers,
      body: typeof body === 'string' ? bytes(body) : body,
      timings: { headers: 1 },
    };
  }
}

/** Rejects as a transport does when the signal fires. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(abortError());
    signal.addEventListener('abort', () => reject(abortError()), { once: true });
  });
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  if (text !== '') yield new TextEncoder().encode(text);
}
