import { abortError } from '../errors';
import type { Clock, FileContents, HttpTransport, Random, Spool, WireRequest } from '../ports';
import type { AuthorisedRequest } from './authorise';
import type { Exchange, Hop, Outcome } from './exchange';
import { ExchangeRecorder } from './exchangeRecorder';
import { shownAddress } from './httpUrl';
import { followRedirects, type SentHop } from './followRedirects';
import { BODY_LIMIT } from './memoryBody';
import { ReceivedBody, SPOOL_LIMIT } from './receiveBody';
import { sendProven } from './provenHop';
import { openBody } from './requestBody';
import type { SendPhase } from './sendPhase';
import { TimeoutGuard } from './timeouts';
import { Uploads } from './uploads';

export interface SendDependencies {
  readonly transport: HttpTransport;
  readonly clock: Clock;
  readonly random: Random;
  /** For bodies that are too big for memory; absent: none are kept. */
  readonly spool?: Spool | undefined;
  /** For bodies with files in them; absent: none can be sent. */
  readonly files?: FileContents | undefined;
}

export interface SendOptions {
  readonly signal: AbortSignal;
  /**
   * Hears what the send is busy with, and how many bytes of the body have arrived; while a body with files is sent,
   * how many of its bytes have left, and of how many. Called often.
   */
  readonly onProgress?: ((phase: SendPhase, bytes: number, total?: number) => void) | undefined;
  /** Hears of the response whose body is about to arrive, with the exchange as it stands. */
  readonly onResponse?: ((sofar: Exchange) => void) | undefined;
  /** The most bytes of the body to keep, after decoding; absent: 4 GB, or 64 MB where there is no spool. */
  readonly bodyLimit?: number | undefined;
}

/**
 * Sends a request, follows its redirects and reads the body. Whatever happens is in the exchange: a response (with
 * any status), a failure with an `http.*` code, or that the signal fired. Rejects only on a bug.
 */
export async function sendExchange(
  authorised: AuthorisedRequest,
  dependencies: SendDependencies,
  options: SendOptions,
): Promise<Exchange> {
  const { clock, random } = dependencies;
  const recorder = new ExchangeRecorder(newExchangeId(random), clock.now(), authorised);
  const { timeouts, url } = authorised.request;
  const guard = new TimeoutGuard(clock, timeouts, options.signal, shownAddress(url));
  const uploads = new Uploads((sent, total) => options.onProgress?.('sending', sent, total));
  try {
    return recorder.finish(await send(authorised, dependencies, options, guard, recorder, uploads));
  } catch (error) {
    // A limit that passes aborts the transport too, so the abort alone does not say that the user cancelled.
    return recorder.finish(recorder.outcomeOf(guard.expired ?? error));
  } finally {
    guard.dispose();
    uploads.close();
  }
}

async function send(
  { request: { method, url, headers, body: described, redirects }, bound }: AuthorisedRequest,
  { transport, spool, files }: SendDependencies,
  options: SendOptions,
  guard: TimeoutGuard,
  recorder: ExchangeRecorder,
  uploads: Uploads,
): Promise<Outcome> {
  const body = await openBody(described, files);
  const enter = (phase: SendPhase): void => {
    guard.onPhase(phase);
    options.onProgress?.(phase, 0);
  };
  const sendHop = async (request: WireRequest): Promise<SentHop & { readonly hop: Hop }> => {
    guard.startHop(shownAddress(request.url));
    const watched = { ...request, body: uploads.watched(request.body) };
    const response = await transport.send(watched, guard.signal, { onPhase: enter });
    enter('receiving');
    return { request, response, hop: recorder.addHop(request, response) };
  };
  const sendEach = bound ? (request: WireRequest) => sendProven(request, bound, sendHop) : sendHop;
  const last = await followRedirects({ method, url, headers, body }, redirects, sendEach);
  const received = new ReceivedBody({
    limit: options.bodyLimit ?? (spool ? SPOOL_LIMIT : BODY_LIMIT),
    spool,
    address: shownAddress(last.request.url),
    onBytes: (bytes) => {
      guard.onBytes();
      options.onProgress?.('receiving', bytes);
    },
  });
  const { status, statusText, headers: shownHeaders } = last.hop;
  const outcome: Outcome = {
    kind: 'response',
    response: { status, statusText, headers: shownHeaders, body: received },
  };
  options.onResponse?.(recorder.finish(outcome));
  try {
    await received.receive(last.response.body);
    // The last byte and the cancel crossed; whoever cancelled expects nothing more.
    if (options.signal.aborted) throw abortError();
  } catch (error) {
    received.dispose();
    throw error;
  }
  return outcome;
}

/** An id for a new exchange: 96 random bits. */
export function newExchangeId(random: Random): string {
  return Array.from(random.bytes(12), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
