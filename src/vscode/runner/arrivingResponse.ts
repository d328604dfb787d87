import type { Exchange } from '../../core/http/exchange';
import { ReceivedBody } from '../../core/http/receiveBody';
import type { BodyView } from '../../core/response/bodyView';

/** Milliseconds: a body that is there sooner is shown once, when it is. */
const PATIENCE = 40;

export interface ArrivingDeps {
  readonly open: (sofar: Exchange, body: ReceivedBody) => Promise<BodyView>;
  /** Called when there is something to see. */
  readonly show: (sofar: Exchange, view: BodyView) => Promise<void>;
}

/** Shows a response while its body is still arriving, if that takes long enough to be of use. */
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
    const { body, stream } = outcome.response;
    this.#timer = setTimeout(() => {
      if (body.size > 0) {
        this.#open(sofar, body);
        return;
      }
      this.#growth = body.onDidGrow(() => this.#open(sofar, body));
      if (stream) this.#waiting = this.#show(sofar, body);
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
