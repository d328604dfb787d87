import type { FilterResult, HostMessage, ViewMessage } from '../shared/protocol';
import type { BodyInfo, StructuredLanguage } from '../shared/viewModel';

type TextBody = Extract<BodyInfo, { kind: 'text' }>;

/** A path is looked for when nobody has typed for so long. Milliseconds. */
const PAUSE = 250;

/** The path that finds all of a body. */
const ALL: Readonly<Record<StructuredLanguage, string>> = { json: '$', xml: '/' };

export interface FilterState {
  readonly language: StructuredLanguage;
  readonly path: string;
  readonly isBusy: boolean;
  /** Of the path before, until there is one. */
  readonly result: FilterResult | undefined;
}

export interface FilterControllerHost {
  readonly post: (message: ViewMessage) => void;
  /** What is listed may have changed. */
  readonly changed: () => void;
}

/** The filter of a body by a path: what was typed, and what was found. */
export class FilterController {
  readonly #host: FilterControllerHost;
  #state: FilterState | undefined;
  #bodyId: string | undefined;
  /** All of it was there when it was shown last. */
  #isComplete = false;
  #language: StructuredLanguage = 'json';
  #lastId = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: FilterControllerHost) {
    this.#host = host;
  }

  /** `undefined`: closed. */
  get state(): FilterState | undefined {
    return this.#state;
  }

  /** What is listed in place of the body. */
  get body(): TextBody | undefined {
    const { result } = this.#state ?? {};
    return result?.kind === 'hits' && result.body.kind === 'text' ? result.body : undefined;
  }

  /** Another body is shown: the path stays where it can, and is looked for in that one. */
  show(body: Pick<TextBody, 'bodyId' | 'language' | 'complete'> | undefined): void {
    const hasCompleted = body?.complete === true && !this.#isComplete;
    this.#isComplete = body?.complete === true;
    if (body?.bodyId === this.#bodyId) {
      // What could not be looked for before can be now.
      if (hasCompleted && this.#state?.result?.kind === 'problem') this.#ask();
      return;
    }
    this.#bodyId = body?.bodyId;
    if (body) this.#language = body.language === 'xml' ? 'xml' : 'json';
    const { state } = this;
    if (!state) return;
    const path = state.language === this.#language ? state.path : ALL[this.#language];
    this.#state = { language: this.#language, path, isBusy: false, result: undefined };
    this.#ask();
  }

  open(): void {
    this.#state ??= { language: this.#language, path: ALL[this.#language], isBusy: false, result: undefined };
    this.#host.changed();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#lastId++;
    this.#state = undefined;
    this.#host.changed();
  }

  type(path: string): void {
    if (!this.#state) return;
    this.#state = { ...this.#state, path };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#ask();
      this.#host.changed();
    }, PAUSE);
    this.#host.changed();
  }

  receive({ requestId, result }: Extract<HostMessage, { type: 'filtered' }>): void {
    if (!this.#state || requestId !== this.#lastId) return;
    this.#state = { ...this.#state, isBusy: false, result };
    this.#host.changed();
  }

  /** All of the body is no question. */
  #ask(): void {
    const path = this.#state?.path.trim() ?? '';
    if (!this.#state || this.#bodyId === undefined) return;
    const requestId = ++this.#lastId;
    if (path === '' || path === ALL[this.#language]) this.#state = { ...this.#state, isBusy: false, result: undefined };
    else {
      this.#state = { ...this.#state, isBusy: true };
      this.#host.post({ type: 'filter', requestId, bodyId: this.#bodyId, path });
    }
  }
}
