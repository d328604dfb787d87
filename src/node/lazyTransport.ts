import type { Disposable } from '../core/disposable';
import type { HttpTransport, TransportObserver, WireRequest, WireResponse } from '../core/ports';
import type { UndiciTransport, UndiciTransportOptions } from './undiciTransport';

/** The transport, loaded by the first request: an editor that only shows request files does not pay for it. */
export class LazyTransport implements HttpTransport, Disposable {
  readonly #options: UndiciTransportOptions;
  #loading: Promise<UndiciTransport> | undefined;
  #disposed = false;

  constructor(options: UndiciTransportOptions) {
    this.#options = options;
  }

  async send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<WireResponse> {
    this.#loading ??= this.#load();
    return (await this.#loading).send(request, signal, observer);
  }

  dispose(): void {
    this.#disposed = true;
    void this.#loading?.then((transport) => transport.dispose());
  }

  async #load(): Promise<UndiciTransport> {
    const { UndiciTransport: Transport } = await import('./undiciTransport');
    const transport = new Transport(this.#options);
    if (this.#disposed) transport.dispose();
    return transport;
  }
}
