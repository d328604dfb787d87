import type { HttpRequest, RequestAuth } from '../../core/http/httpRequest';
import type { SignInCommands } from '../commands/signInCommands';
import type { RequestContext, RequestSender } from './requestSender';
import type { SendOptions } from './runRequest';
import type { RunStore } from './runStore';

type NamedAuth = Extract<RequestAuth, { kind: 'connection' }>;

/** The sign-ins that the runner starts for the request it shows. */
export class SignInActions {
  readonly #sender: RequestSender;
  readonly #signIn: SignInCommands;
  readonly #runs: RunStore;

  constructor(sender: RequestSender, signIn: SignInCommands, runs: RunStore) {
    this.#sender = sender;
    this.#signIn = signIn;
    this.#runs = runs;
  }

  /** Signs in to what the request uses. A send that ended for want of a session is then to be done: how. */
  async signIn(context: RequestContext): Promise<SendOptions | undefined> {
    const request = this.#sender.outline(context);
    const found = this.#sender.connectionOf(context, request);
    if (!found || request.auth.kind === 'none') return undefined;
    const { state } = this.#runs.get(context.uri, context.entry.name);
    const { account: role, scopes } = namesOf(request);
    if (!(await this.#signIn.signInTo(found, scopes ? { scopes } : {}, role))) return undefined;
    const wanted = state.kind === 'failure' && state.sent === undefined;
    return wanted ? { environment: context.environment } : undefined;
  }

  /** Signs the same account in once more with what the API wants; how the request is then to be sent. */
  async stepUp(context: RequestContext): Promise<SendOptions | undefined> {
    const request = this.#sender.outline(context);
    const { connection: found, exchange } = this.#runs.get(context.uri, context.entry.name);
    const stepUp = exchange?.stepUp;
    if (!stepUp || !found) return undefined;
    const { account: role, scopes = [] } = namesOf(request);
    const account = (await this.#sender.sessionFor(request, found))?.account.id;
    const options = { ...stepUp, scopes: [...scopes, ...stepUp.scopes], ...(account === undefined ? {} : { account }) };
    if (!(await this.#signIn.signInTo(found, options, role))) return undefined;
    const as = request.auth.kind === 'connection' ? undefined : found;
    return { environment: context.environment, steppedUp: stepUp, as };
  }

  /** Lets the user choose the account that the request uses. */
  async switchAccount(context: RequestContext): Promise<void> {
    const request = this.#sender.outline(context);
    const found = this.#sender.connectionOf(context, request);
    if (found) await this.#signIn.switchAccountOf(found, namesOf(request).account);
  }

  /** Id of the session that the request would be sent with. */
  async sessionIdFor(context: RequestContext): Promise<string | undefined> {
    const request = this.#sender.outline(context);
    const found = this.#sender.connectionOf(context, request);
    return found && (await this.#sender.sessionFor(request, found))?.id;
  }
}

/** What the file says of account and scopes; `auth: auto` says nothing. */
function namesOf({ auth }: Pick<HttpRequest, 'auth'>): Pick<NamedAuth, 'account' | 'scopes'> {
  return auth.kind === 'connection' ? auth : { account: undefined, scopes: undefined };
}
