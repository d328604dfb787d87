import { abortError, LatchkeyError } from '../errors';
import type { Browser, Clock, Log } from '../ports';
import type { ConnectionConfig } from './model';
import {
  callbackFromCode,
  parseCallback,
  type CallbackReading,
  type ExpectedCallback,
  type ValidatedCallback,
} from './parseCallback';
import { hostOf } from './serverMetadata';
import type { OpenRedirect, PasteResult, SignInProgress } from './signInPorts';

/** Minutes that the user has in the browser. */
export const signInMinutes = 5;

/** The ports that waiting needs. */
export interface WaitingPorts {
  readonly browser: Browser;
  readonly clock: Clock;
  readonly log: Log;
  readonly progress: SignInProgress;
}

/** One trip to the browser that is about to start. */
export interface BrowserTrip {
  readonly connection: ConnectionConfig;
  readonly redirect: OpenRedirect;
  readonly expected: ExpectedCallback;
  readonly authorizationUrl: string;
  /** Milliseconds since the epoch; the server takes the URL until then. Absent: always. */
  readonly openBefore?: number | undefined;
  readonly hasAnotherWay: boolean;
}

export type TripResult =
  { readonly kind: 'callback'; readonly callback: ValidatedCallback } | { readonly kind: 'tryAnotherWay' };

/**
 * Opens the browser and waits for the first of: a callback that belongs here, a pasted address or code, "try another
 * way", the user's cancel, five minutes. Whatever belongs elsewhere is logged and waited past.
 * @throws AbortError when cancelled; LatchkeyError when the server refused or time was up.
 */
export async function waitForCallback(
  ports: WaitingPorts,
  trip: BrowserTrip,
  signal: AbortSignal,
): Promise<TripResult> {
  const wait = new Wait(ports.log, trip.expected);
  const { openBefore } = trip;
  const secondsToOpen =
    openBefore === undefined ? undefined : Math.max(0, Math.round((openBefore - ports.clock.now()) / 1000));
  const ended = new AbortController();
  const cancel = (): void => wait.fail(abortError());
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  // The waiter exists before the browser opens: a remembered consent answers at once.
  const waiter = trip.redirect.onCallback((url) => wait.receive(url));
  const shown = ports.progress.show({
    connection: trip.connection,
    authorizationUrl: trip.authorizationUrl,
    openBefore: trip.openBefore,
    redirect: trip.redirect.kind,
    redirectUri: trip.redirect.uri,
    cancel,
    paste: (text) => wait.paste(text),
    tryAnotherWay: trip.hasAnotherWay ? () => wait.succeed({ kind: 'tryAnotherWay' }) : undefined,
  });
  ports.clock.delay(signInMinutes * 60_000, ended.signal).then(
    () => wait.timeOut(secondsToOpen),
    () => undefined,
  );
  try {
    if (!signal.aborted) openBrowser(ports, trip.authorizationUrl);
    return await wait.result;
  } finally {
    ended.abort();
    signal.removeEventListener('abort', cancel);
    waiter.dispose();
    shown.dispose();
  }
}

/** The result is not waited for: "false" may mean "copied", and an editor may answer only when the browser closes. */
export function openBrowser({ browser, log }: Pick<WaitingPorts, 'browser' | 'log'>, url: string): void {
  browser.open(url).then(
    (opened) => {
      if (!opened) log.info('The browser was not opened; the sign-in URL may have been copied');
    },
    (error: unknown) => log.error('The browser could not be opened', error),
  );
}

/** Settles once; everything later is ignored. */
class Wait {
  readonly result: Promise<TripResult>;
  readonly #log: Log;
  readonly #expected: ExpectedCallback;
  #settle: { readonly resolve: (result: TripResult) => void; readonly reject: (error: Error) => void } | undefined;
  /** Why the last callback was not taken: the likeliest reason when nothing else comes. */
  #lastIgnored: LatchkeyError | undefined;

  constructor(log: Log, expected: ExpectedCallback) {
    this.#log = log;
    this.#expected = expected;
    this.result = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Cancelling may come before anybody awaits the result.
    this.result.catch(() => undefined);
  }

  receive(url: URL): boolean {
    return this.#settle !== undefined && this.#accept(parseCallback(url, this.#expected));
  }

  paste(text: string): PasteResult {
    const pasted = text.trim();
    if (this.#settle === undefined) return 'notUnderstood';
    if (URL.canParse(pasted) && /^[a-z][\w+.-]*:\/\//i.test(pasted)) return this.#pasteUrl(new URL(pasted));
    if (!/^[\x21-\x7e]+$/.test(pasted)) return 'notUnderstood';
    return this.#accept(callbackFromCode(pasted, this.#expected)) ? 'accepted' : 'notUnderstood';
  }

  succeed(result: TripResult): void {
    this.#settle?.resolve(result);
    this.#settle = undefined;
  }

  fail(error: Error): void {
    this.#settle?.reject(error);
    this.#settle = undefined;
  }

  /** A page that was opened too late shows the server's error and sends nobody back. */
  timeOut(secondsToOpen: number | undefined): void {
    const { server } = this.#expected;
    const data = { host: hostOf(server.metadata.authorization_endpoint, server), minutes: signInMinutes };
    const options = { cause: this.#lastIgnored };
    const error =
      secondsToOpen === undefined
        ? new LatchkeyError('oauth.signInTimedOut', data, options)
        : new LatchkeyError('oauth.signInUrlExpired', { ...data, seconds: secondsToOpen }, options);
    this.fail(error);
  }

  #pasteUrl(url: URL): PasteResult {
    const { searchParams: query } = url;
    if (!query.has('code') && !query.has('error')) return 'notUnderstood';
    return this.#accept(parseCallback(url, this.#expected)) ? 'accepted' : 'wrongState';
  }

  #accept(reading: CallbackReading): boolean {
    switch (reading.kind) {
      case 'code':
        this.succeed({ kind: 'callback', callback: reading.callback });
        return true;
      case 'failed':
        this.fail(reading.error);
        return true;
      case 'notOurs':
        this.#lastIgnored = reading.reason;
        this.#log.warn(reading.reason.message);
        return false;
    }
  }
}
