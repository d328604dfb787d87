import type { Exchange } from '../../core/http/exchange';
import { MEMORY_LIMIT, ReceivedBody } from '../../core/http/receiveBody';
import type { Header } from '../../core/ports';
import type { BodyView } from '../../core/response/bodyView';

/** Milliseconds: a body that is there sooner is shown once, when it is. */
const PATIENCE = 40;

/** Bytes that fill a screen, however it is laid out. */
const SCREEN_BYTES = 64 * 1024;

export interface ArrivingDeps {
  readonly open: (sofar: Exchange, body: ReceivedBody) => Promise<BodyView>;
  /** Called when there is something to see. */
  readonly show: (sofar: Exchange, view: BodyView) => Promise<void>;
}

/**
 * Shows a response while its body is still arriving: at once where it is large, else if it takes long enough for that
 * to be of use.
 */
export class ArrivingResponse {
  readonly #deps: ArrivingDeps;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #growth: { dispose(): void } | undefined;
  #opening: Promise<BodyView> | undefined;
  /** A stream of which nothing has come yet. */
  #waiting: Promise<BodyView> | undefined;
  #isOver = false;

  constructor(deps: ArrivingDeps) {
    this.#deps = deps;
  }

  /** The head of the response is there. */
  begin(sofar: Exchange): void {
    const { outcome } = sofar;
    if (outcome.kind !== 'response' || !(outcome.response.body instanceof ReceivedBody)) return;
    const { body, headers, stream } = outcome.response;
    const isLarge = lengthOf(headers) > MEMORY_LIMIT;
    let isLate = false;
    const look = (): void => {
      if (isLate ? body.size > 0 : body.file !== undefined || (isLarge && body.size >= SCREEN_BYTES))
        this.#open(sofar, body);
    };
    this.#growth = body.onDidGrow(look);
    this.#timer = setTimeout(() => {
      isLate = true;
      look();
      if (stream && body.size === 0) this.#waiting = this.#show(sofar, body);
    }, PATIENCE);
  }

  /** All is there, or nothing more comes. Resolves to the view that was opened, which is the caller's from now on. */
  async end(): Promise<BodyView | undefined> {
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#growth?.dispose();
    this.#disposeWaiting();
    return this.#opening?.catch(() => undefined);
  }

  #open(sofar: Exchange, body: ReceivedBody): void {
    this.#growth?.dispose();
    clearTimeout(this.#timer);
    if (this.#isOver || this.#opening) return;
    this.#opening = this.#show(sofar, body);
    this.#disposeWaiting();
  }

  #show(sofar: Exchange, body: ReceivedBody): Promise<BodyView> {
    const opening = this.#deps.open(sofar, body);
    // What cannot be opened now is opened when all of it is there, and fails there.
    opening.then(
      (view) => (this.#isOver || (view.size === 0 && this.#opening) ? undefined : this.#deps.show(sofar, view)),
      () => undefined,
    );
    return opening;
  }

  #disposeWaiting(): void {
    this.#waiting?.then(
      (view) => view.dispose?.(),
      () => undefined,
    );
    this.#waiting = undefined;
  }
}

/** Bytes that the body will have, as far as the server says; decoded it has as many or more. */
function lengthOf(headers: readonly Header[]): number {
  return Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? 0);
}
