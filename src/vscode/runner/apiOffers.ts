import type { Log } from '../../core/ports';
import { isAbort } from '../../core/errors';
import type { ApiSignIn } from '../auth/apiSignIn';
import type { FoundConnection } from '../auth/latchkeyAuthenticationProvider';
import type { ConnectionWriter } from '../requests/connectionWriter';
import type { RequestContext } from './requestSender';
import { noticeOf } from './responseOffer';
import type { Run } from './runStore';

/** What became of an offer that the user took. */
export type OfferOutcome =
  /** The request is to be sent again. */
  | { readonly kind: 'signedIn'; readonly found: FoundConnection }
  /** The offer is done with. */
  | { readonly kind: 'saved'; readonly run: Run };

/** Does what the runner offers about an API that no project file describes. */
export class ApiOffers {
  readonly #signIn: ApiSignIn;
  readonly #writer: ConnectionWriter;
  readonly #log: Log;

  constructor(signIn: ApiSignIn, writer: ConnectionWriter, log: Log) {
    this.#signIn = signIn;
    this.#writer = writer;
    this.#log = log;
  }

  /** The run with a notice that names the hosts, when the request waits for a sign-in and the API names some. */
  async withHosts(run: Run): Promise<Run | undefined> {
    const { offer, state } = run;
    if (offer?.kind !== 'signInToApi' || !offer.isWaiting || state.kind !== 'response') return undefined;
    try {
      const hosts = await this.#signIn.hostsNamedBy(offer.asked, offer.tls, new AbortController().signal);
      if (hosts.length === 0) return undefined;
      return { ...run, state: { ...state, exchange: { ...state.exchange, notice: noticeOf(offer, hosts) } } };
    } catch (error) {
      // Signing in finds out again, and then says why not.
      if (!isAbort(error)) this.#log.debug(`The API does not say where to sign in: ${String(error)}`);
      return undefined;
    }
  }

  /** @throws LatchkeyError why it did not work. */
  async take({ offer, ...run }: Run, context: RequestContext): Promise<OfferOutcome | undefined> {
    if (offer?.kind === 'signInToApi') {
      const found = await this.#signIn.signIn(offer.asked, offer.tls, offer.wasRefused);
      return found && { kind: 'signedIn', found };
    }
    if (offer?.kind !== 'saveConnection' || run.state.kind !== 'response') return undefined;
    const { connection } = offer.found;
    await this.#writer.add(connection, connection.label, context.uri);
    const exchange = { ...run.state.exchange, notice: undefined };
    return { kind: 'saved', run: { ...run, state: { ...run.state, exchange }, offer: undefined } };
  }
}
