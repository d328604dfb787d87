import type { Expectations } from '../../expect/expectations';
import { credentialsPlaces } from '../../http/credentials';
import type { RequestAuth, Timeouts } from '../../http/httpRequest';
import { MESSAGE_NAMES, VALUE_NAMES } from '../../http/signing/signingText';
import { isTaken } from '../../http/tokenPlacement';
import { revealForTransport, type Sensitive } from '../../secret';
import type { PlannedMessage } from '../../stream/socketMessages';
import type { Diagnostic, TextRange } from '../diagnostic';
import type { AuthSetting, Body, RequestEntry, RequestFile, ProjectFile } from '../model';
import { shorten } from '../shorten';
import { all, located, type Evaluation } from './evaluation';
import type { Evaluator } from './evaluator';
import { fieldTexts, type NamedText } from './fieldValues';
import { mergeSettings, type MergedSettings, type Sourced } from './mergeSettings';
import { prepareAuth } from './prepareAuth';
import { prepareBody, type PreparedBody } from './prepareBody';
import { prepareMessage } from './prepareMessage';
import { hiddenNames } from './prepareSigningText';
import { buildUrl } from './requestUrl';
import { resolveExpect } from './resolveExpect';

/** A request with its variables put in, before it is written as bytes. What could not be worked out is `undefined`. */
export interface PreparedRequest {
  readonly url: Sensitive | undefined;
  readonly headers: readonly NamedText[] | undefined;
  /** Lower-case names of headers that are set or removed on purpose. */
  readonly decidedHeaders: ReadonlySet<string>;
  readonly body: PreparedBody | undefined;
  readonly auth: PreparedAuth | undefined;
  readonly redirects: number | undefined;
  readonly cookies: boolean | undefined;
  readonly timeouts: Timeouts;
  /** What is sent over a WebSocket. */
  readonly messages: readonly PlannedMessage[] | undefined;
  readonly expect: Expectations | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PreparedAuth {
  readonly auth: RequestAuth;
  /** Where the request file says so; the request's name when the project's defaults do. */
  readonly range: TextRange;
}

/** Puts the variables into everything a request says. Never throws; goes on after a fault to find the others. */
export function prepareRequest(
  request: RequestEntry,
  file: RequestFile,
  project: ProjectFile | undefined,
  evaluator: Evaluator,
): PreparedRequest {
  return new Preparation(request, mergeSettings(project?.defaults, file.settings, request.settings), evaluator).run();
}

class Preparation {
  readonly #request: RequestEntry;
  readonly #settings: MergedSettings;
  readonly #evaluator: Evaluator;
  readonly #diagnostics: Diagnostic[] = [];

  constructor(request: RequestEntry, settings: MergedSettings, evaluator: Evaluator) {
    this.#request = request;
    this.#settings = settings;
    this.#evaluator = evaluator;
  }

  run(): PreparedRequest {
    const { headers: decided, redirects, cookies } = this.#settings;
    const url = this.#url();
    const headers = this.#headers();
    const body = this.#body(this.#request.body);
    const auth = this.#auth(this.#settings.auth);
    if (url !== undefined && headers && auth) this.#checkPlace(auth, url, headers);
    return {
      ...{ url, headers, body, auth, redirects, cookies },
      decidedHeaders: new Set(decided.keys()),
      timeouts: this.#timeouts(),
      messages: this.#messages(),
      expect: this.#take(resolveExpect(this.#request.expect, this.#evaluator)),
      diagnostics: this.#diagnostics,
    };
  }

  /** The value, or `undefined` after its failures were noted. */
  #take<T>(evaluation: Evaluation<T>): T | undefined {
    const placed = located(evaluation, this.#request.nameRange);
    if (placed.ok) return placed.value;
    for (const { code, severity, range, data } of placed.failures)
      this.#diagnostics.push({ code, severity, range, data });
    return undefined;
  }

  #url(): Sensitive | undefined {
    const { baseUrl, query } = this.#settings;
    const base = baseUrl && this.#take(this.#evaluator.text(baseUrl.value, baseUrl.elsewhere));
    const path = this.#request.url && this.#take(this.#evaluator.text(this.#request.url, false));
    const pairs = this.#take(fieldTexts(query.values(), this.#evaluator, this.#request.nameRange));
    if (path === undefined || pairs === undefined || (baseUrl && base === undefined)) return undefined;
    const range = this.#request.url?.range ?? this.#request.nameRange;
    const built = buildUrl(base, path, pairs, this.#request.socket !== undefined);
    if (!built.ok) {
      this.#diagnostics.push({ code: built.code, severity: 'error', range, data: built.data });
      return undefined;
    }
    if (built.fragment) this.#diagnostics.push({ code: 'request.urlFragment', severity: 'warning', range, data: {} });
    return built.url;
  }

  #headers(): readonly NamedText[] | undefined {
    const headers = this.#take(fieldTexts(this.#settings.headers.values(), this.#evaluator, this.#request.nameRange));
    return headers?.filter(({ name, text, range }) => {
      const sendable = /^[\t\x20-\x7e\x80-\xff]*$/.test(revealForTransport(text));
      if (!sendable) {
        this.#diagnostics.push({
          code: 'request.badHeaderValue',
          severity: 'error',
          range,
          data: { name: shorten(name) },
        });
      }
      return sendable;
    });
  }

  #body(body: Body | undefined): PreparedBody | undefined {
    if (!body) return { kind: 'none' };
    return this.#take(prepareBody(body, this.#evaluator, this.#evaluator.directory, this.#request.nameRange));
  }

  #messages(): readonly PlannedMessage[] | undefined {
    const entries = this.#request.socket?.messages ?? [];
    return this.#take(all(entries.map((entry) => prepareMessage(entry, this.#evaluator))));
  }

  #auth(setting: Sourced<AuthSetting> | undefined): PreparedAuth | undefined {
    const range = setting && !setting.elsewhere ? setting.value.range : this.#request.nameRange;
    const auth = this.#take(prepareAuth(setting, this.#evaluator));
    if (setting?.value.kind === 'hmac') this.#warnOfHiddenNames(setting.value, setting.elsewhere);
    return auth && { auth, range };
  }

  #warnOfHiddenNames({ message, value }: AuthSetting & { readonly kind: 'hmac' }, elsewhere: boolean): void {
    const hidden = [
      ...hiddenNames(message, MESSAGE_NAMES, this.#evaluator.scopes),
      ...hiddenNames(value, VALUE_NAMES, this.#evaluator.scopes),
    ];
    for (const { name, range: own } of hidden) {
      const range = elsewhere ? this.#request.nameRange : own;
      this.#diagnostics.push({ code: 'request.signingName', severity: 'warning', range, data: { name } });
    }
  }

  /** Two values where the server expects one: neither is what was meant. */
  #checkPlace({ auth, range }: PreparedAuth, url: Sensitive, headers: readonly NamedText[]): void {
    const sent = headers.map(({ name, text }) => [name, text] as const);
    const taken = credentialsPlaces(auth).find((place) => isTaken({ url, headers: sent }, place));
    if (!taken) return;
    this.#diagnostics.push({ code: 'request.authTaken', severity: 'error', range, data: { name: taken.name } });
  }

  #timeouts(): Timeouts {
    const { connect, headers, idle, total } = this.#settings.timeout;
    return {
      connect: connect ?? undefined,
      headers: headers ?? undefined,
      idle: idle ?? undefined,
      total: total ?? undefined,
    };
  }
}
