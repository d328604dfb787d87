import type { Exchange } from '../../src/core/http/exchange';
import { Secret } from '../../src/core/secret';
import type { StreamKind } from '../../src/core/stream/streamKind';
import { StreamLog } from '../../src/core/stream/streamLog';
import type { StreamView } from '../../src/shared/viewModel';
import { responseSample, type Sample } from './samples';

/** A stream on the side of the host, and what a person asks of it. */
export class StreamSample {
  readonly log: StreamLog;
  readonly exchange: Exchange;
  readonly typed: string[] = [];
  readonly #kind: StreamKind;
  #now = 0;

  constructor(kind: StreamKind, id = 'exchange-1') {
    this.#kind = kind;
    const send = (text: string): Promise<void> => {
      this.typed.push(text);
      this.log.add({ type: undefined, id: undefined, data: text, size: text.length }, 'sent');
      return Promise.resolve();
    };
    this.log = new StreamLog(kind, { now: () => this.#now }, { stop: () => undefined, send });
    const request = { method: 'GET', url: 'http://127.0.0.1:9321/events', headers: [], body: undefined, bodyBytes: 0 };
    const body = { size: 0, read: () => Promise.resolve(new Uint8Array()), dispose: () => undefined };
    const response = { status: 200, statusText: 'OK', headers: [], body, stream: this.log };
    const secrets = [new Secret('the-very-secret-token')];
    this.exchange = {
      id,
      request,
      hops: [],
      outcome: { kind: 'response', response },
      startedAt: 0,
      duration: 1,
      secrets,
    };
  }

  add(data: string, facts: { readonly type?: string; readonly id?: string; readonly after?: number } = {}): void {
    const { type, id, after = 120 } = facts;
    this.#now += after;
    this.log.add({ type, id, data, size: data.length });
  }

  /** As the extension would present it. */
  async sample(ending?: StreamView['ending']): Promise<Sample> {
    const kind = this.#kind;
    const stream = { streamId: this.exchange.id, kind, open: !ending, ending, canSend: kind === 'socket' && !ending };
    const status = kind === 'socket' ? { status: 101, statusText: 'Switching Protocols' } : {};
    const sample = await responseSample({ ...status, text: '', contentType: 'text/event-stream', stream });
    const { state } = sample.model;
    if (ending || state.kind !== 'response') return sample;
    const arriving = { ...state, exchange: { ...state.exchange, receiving: true } };
    return { ...sample, model: { ...sample.model, state: arriving } };
  }
}

/** Some prices, as an exchange would send them. */
export function prices(count: number): StreamSample {
  const stream = new StreamSample('events');
  for (let index = 0; index < count; index++) {
    const data = JSON.stringify({ symbol: index % 2 === 0 ? 'ACME' : 'GLOBEX', price: 100 + index, bid: { size: 3 } });
    stream.add(data, { type: 'price', id: String(index) });
  }
  return stream;
}

export function chat(id?: string): StreamSample {
  const stream = new StreamSample('socket', id);
  stream.add('{"type":"welcome","user":"alice"}');
  stream.log.add({ type: undefined, id: undefined, data: '{"subscribe":"orders"}', size: 22 }, 'sent');
  stream.add('{"order":7,"state":"open"}', { after: 1500 });
  stream.log.add({ type: undefined, id: undefined, data: '00 ff 10 80', size: 4, isBinary: true });
  return stream;
}
