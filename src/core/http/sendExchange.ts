import { abortError, LatchkeyError } from '../errors';
import { hexText } from '../hex';
import { untilAborted } from '../oauth/deadline';
import type { Clock, FileContents, HttpTransport, Random, Spool, WireRequest } from '../ports';
import type { AuthorisedRequest } from './authorise';
import { cookieState, HopCookieTrip } from './cookies/cookieHops';
import type { CookieAccess } from './cookies/hopCookies';
import type { Exchange, Hop, Outcome } from './exchange';
import { ExchangeRecorder } from './exchangeRecorder';
import { drain } from './drain';
import { shownAddress } from './httpUrl';
import { followRedirects, type SentHop } from './followRedirects';
import { BODY_LIMIT } from './memoryBody';
import { ReceivedBody, SPOOL_LIMIT, STREAM_LIMIT } from './receiveBody';
import { sendProven } from './provenHop';
import { readyMessages, type ReadyMessage } from '../stream/socketMessages';
import type { StopRule } from '../stream/stopRule';
import type { IncomingStream } from '../stream/receiveStream';
import type { StreamLog } from '../stream/streamLog';
import { streamKindOf } from '../stream/streamKind';
import type { HttpRequest } from './httpRequest';
import { openBody } from './requestBody';
import type { SendPhase } from './sendPhase';
import { signedHops } from './signing/hopSigner';
import { signerFor, type SignerDependencies } from './signing/signerFor';
import { TimeoutGuard } from './timeouts';
import { Uploads } from './uploads';

export interface SendDependencies extends SignerDependencies {
  readonly transport: HttpTransport;
  readonly clock: Clock;
  /** For bodies that are too big for memory; absent: none are kept. */
  readonly spool?: Spool | undefined;
  /** For bodies with files in them; absent: none can be sent. */
  readonly files?: FileContents | undefined;
  /** The cookies that are kept; absent: none are. */
  readonly cookies?: CookieAccess | undefined;
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
  /** When a stream is ended whose request says nothing about that; absent: when the server or a person ends it. */
  readonly stop?: StopRule | undefined;
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
    return recorder.finish(await send(authorised, dependencies, options, { guard, recorder, uploads }));
  } catch (error) {
    // A limit that passes aborts the transport too, so the abort alone does not say that the user cancelled.
    return recorder.finish(recorder.outcomeOf(guard.expired ?? error));
  } finally {
    guard.dispose();
    uploads.close();
  }
}

/** What goes along with one send. */
interface Watch {
  readonly guard: TimeoutGuard;
  readonly recorder: ExchangeRecorder;
  readonly uploads: Uploads;
}

type RecordedHop = SentHop & { readonly hop: Hop };

type AskedRequest = Pick<HttpRequest, 'stop'> & { readonly messages: readonly ReadyMessage[] };

async function send(
  authorised: AuthorisedRequest,
  dependencies: SendDependencies,
  options: SendOptions,
  watch: Watch,
): Promise<Outcome> {
  const { method, url, headers, body: described, redirects, cookies, socket } = authorised.request;
  const jar = cookies === false ? undefined : dependencies.cookies;
  const ready = jar?.ready();
  const body = await openBody(described, dependencies.files);
  if (ready) await untilAborted(ready, watch.guard.signal);
  const sendEach = await hopSender(authorised, { ...dependencies, cookies: jar }, options, watch);
  const stateOf = (request: WireRequest): string => cookieState(jar, request);
  const messages = socket ? await readyMessages(socket, dependencies.files) : [];
  const upgrade = socket ? ({ upgrade: 'websocket' } as const) : {};
  const last = await followRedirects({ method, url, headers, body, ...upgrade }, redirects, sendEach, stateOf);
  return receive(last, { ...authorised.request, messages }, dependencies, options, watch);
}

async function hopSender(
  { request: { url }, bound, signing }: AuthorisedRequest,
  dependencies: SendDependencies,
  { onProgress }: SendOptions,
  { guard, recorder, uploads }: Watch,
): Promise<(request: WireRequest) => Promise<RecordedHop>> {
  const { transport, cookies: jar } = dependencies;
  const enter = (phase: SendPhase): void => {
    guard.onPhase(phase);
    onProgress?.(phase, 0);
  };
  const sendHop = async (request: WireRequest): Promise<RecordedHop> => {
    guard.startHop(shownAddress(request.url));
    const watched = { ...request, body: uploads.watched(request.body) };
    const trip = jar && new HopCookieTrip(jar, watched);
    const response = await transport.send(trip?.request ?? watched, guard.signal, { onPhase: enter });
    enter('receiving');
    const cookies = await trip?.finish(response.headers);
    const sent = response.headersSent ?? trip?.request.headers ?? request.headers;
    return { request, response, hop: recorder.addHop(request, { ...response, headersSent: sent }, cookies) };
  };
  if (bound) return (request) => sendProven(request, bound, sendHop);
  return signing ? signedHops(await signerFor(signing, dependencies), url, sendHop, guard.signal) : sendHop;
}

async function receive(
  last: RecordedHop,
  asked: AskedRequest,
  dependencies: SendDependencies,
  options: SendOptions,
  { guard, recorder }: Watch,
): Promise<Outcome> {
  const { request, response, hop } = last;
  const { spool } = dependencies;
  const limit = options.bodyLimit ?? (spool ? SPOOL_LIMIT : BODY_LIMIT);
  const stream = await incomingStream(last, asked, dependencies, options, guard);
  if (stream) guard.enterStream();
  const body = new ReceivedBody({
    limit,
    spool,
    address: shownAddress(request.url),
    onBytes: (bytes) => {
      guard.onBytes();
      options.onProgress?.('receiving', bytes);
    },
  });
  const { status, statusText, headers } = hop;
  const summary = { status, statusText, headers, body, ...(stream && { stream: stream.log }) };
  const outcome: Outcome = { kind: 'response', response: summary };
  options.onResponse?.(recorder.finish(outcome));
  try {
    await (stream ? stream.receive(body, response.body) : body.receive(response.body));
    // The last byte and the cancel crossed; whoever cancelled expects nothing more.
    if (options.signal.aborted) throw abortError();
  } catch (error) {
    body.dispose();
    throw error;
  }
  return outcome;
}

/** What comes piece by piece: what reads it is loaded when it is needed. */
async function incomingStream(
  { request, response }: RecordedHop,
  { messages, stop }: AskedRequest,
  { clock, spool }: SendDependencies,
  options: SendOptions,
  guard: TimeoutGuard,
): Promise<{ readonly log: StreamLog; receive: IncomingStream['receive'] } | undefined> {
  const { status, headers, channel } = response;
  const common = {
    clock,
    stop: stop ?? options.stop ?? {},
    limit: Math.min(options.bodyLimit ?? Infinity, spool ? STREAM_LIMIT : BODY_LIMIT),
    abort: () => guard.abort(),
    isCancelled: () => options.signal.aborted,
    expired: () => guard.expired,
  };
  if (channel) return new (await import('../stream/receiveSocket')).OpenSocket(channel, messages, common);
  if (request.upgrade && status < 400) {
    await drain(response.body);
    throw new LatchkeyError('http.notWebSocket', { ...shownAddress(request.url), reason: `it answered ${status}` });
  }
  const kind = request.method === 'HEAD' ? undefined : streamKindOf(headers);
  return kind && new (await import('../stream/receiveStream')).IncomingStream(kind, common);
}

/** An id for a new exchange: 96 random bits. */
export function newExchangeId(random: Random): string {
  return hexText(random.bytes(12));
}
