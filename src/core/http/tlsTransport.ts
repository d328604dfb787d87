import type { HttpTransport, TransportObserver, WireRequest, WireResponse } from '../ports';
import { revealForTransport } from '../secret';
import type { TlsProfile } from './tlsProfile';

/** Where the profiles of secure connections come from. */
export interface TlsSource {
  /**
   * What connections to an origin are secured with; `undefined`: nothing special. Asks nobody.
   * @throws LatchkeyError why it cannot be had.
   */
  profileOf(origin: string): Promise<TlsProfile | undefined>;
  /** A request to the origin has failed. */
  noteFailure(origin: string, error: unknown): Promise<void>;
}

/** A transport that secures each hop as the project file says for the origin of that hop. */
export class TlsTransport implements HttpTransport {
  readonly #inner: HttpTransport;
  readonly #source: TlsSource;

  constructor(inner: HttpTransport, source: TlsSource) {
    this.#inner = inner;
    this.#source = source;
  }

  async send(request: WireRequest, signal: AbortSignal, observer?: TransportObserver): Promise<WireResponse> {
    const url = URL.parse(revealForTransport(request.url));
    const tls = url?.protocol === 'https:' ? await this.#source.profileOf(url.origin) : undefined;
    if (!url || !tls) return this.#inner.send(request, signal, observer);
    try {
      return await this.#inner.send({ ...request, tls }, signal, observer);
    } catch (error) {
      await this.#source.noteFailure(url.origin, error);
      throw error;
    }
  }
}
