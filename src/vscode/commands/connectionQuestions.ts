import * as vscode from 'vscode';
import type { ApiQuestions } from '../../core/oauth/apiConnection';
import { discoveredConnection } from '../../core/oauth/discoveredConnection';
import { withIdentityScopes } from '../../core/oauth/discoveredScopes';
import { discoverServer } from '../../core/oauth/discovery';
import type { ConnectionConfig } from '../../core/oauth/model';
import type { OAuthHttp } from '../../core/oauth/oauthHttp';
import { originList, typedUrl } from '../../core/oauth/originList';
import type { PresetFacts } from '../../core/oauth/presets/preset';
import { presets } from '../../core/oauth/presets/presets';
import { scopeTokens } from '../../core/oauth/protectedResource';
import type { ServerMetadata } from '../../core/oauth/serverMetadata';
import { askApi } from '../auth/askApi';
import { errorText, safeNotification } from '../platform/errorText';
import { plainLabel } from '../platform/plainLabel';
import { askForChoice, askForText, type Given, type TextQuestion } from '../platform/stepInputs';
import { runSteps, type StepOutcome, type StepPlace } from '../platform/steps';

/** A connection that is being put together, and where it goes. */
export interface NewConnection {
  readonly connection: ConnectionConfig;
  /** What it is called unless the name is taken. */
  readonly name: string;
  /** Where people register a client, where that is known. */
  readonly registerAt?: string | undefined;
}

interface Draft extends NewConnection {
  readonly source: 'api' | 'issuer' | 'preset';
  readonly server: ServerMetadata | undefined;
  /** What is known of the provider. */
  readonly facts?: PresetFacts | undefined;
}

const blank: ConnectionConfig = {
  name: 'new',
  label: 'new',
  grant: 'authorizationCode',
  endpoints: {},
  scopes: [],
  resource: [],
  origins: [],
  redirect: { kind: 'auto' },
  parameters: { authorize: {}, token: {}, refresh: {} },
};

/** Asks step by step for what a new connection needs; only what cannot be found out is asked. */
export class ConnectionQuestions {
  readonly #http: OAuthHttp;
  readonly #api: ApiQuestions;

  constructor(http: OAuthHttp, api: ApiQuestions) {
    this.#http = http;
    this.#api = api;
  }

  /** `undefined`: the user gave up. */
  ask(): Promise<NewConnection | undefined> {
    const start: Draft = { connection: blank, name: '', source: 'api', server: undefined };
    return runSteps(start, [
      (draft, place) => this.#source(draft, place),
      (draft, place) => this.#address(draft, place),
      (draft, place) => this.#presetIssuer(draft, place),
      (draft, place) => this.#client(draft, place),
      (draft, place) => this.#origins(draft, place),
      (draft, place) => this.#scopes(draft, place),
    ]);
  }

  async #source(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    const t = vscode.l10n.t;
    const api = {
      label: t('$(globe) From the API'),
      detail: t('The API itself says where to sign in (RFC 9728)'),
      source: 'api',
    } as const;
    const issuer = {
      label: t('$(key) By issuer URL'),
      detail: t('The address of the authorization server; its endpoints are discovered'),
      source: 'issuer',
    } as const;
    const preset = {
      label: t('$(list-unordered) By provider'),
      detail: t('One of those that Latchkey knows'),
      source: 'preset',
    } as const;
    const items = [api, issuer, preset];
    const question = { title: t('Add Connection'), placeholder: t('How do you want to begin?'), items };
    return outcomeOf(await askForChoice(question, place), ([chosen]) => ({
      ...draft,
      source: chosen?.source ?? 'api',
    }));
  }

  #address(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    switch (draft.source) {
      case 'api':
        return this.#fromApi(draft, place);
      case 'issuer':
        return this.#fromIssuer(draft, place);
      case 'preset':
        return this.#fromPreset(draft, place);
    }
  }

  /** The box closes while the API is asked, because the user may be asked for the rest; a failure opens it again. */
  async #fromApi(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    const prompt = vscode.l10n.t('URL of a request that needs a sign-in');
    const question = addressQuestion(prompt, 'https://api.example.com/orders', () => Promise.resolve());
    let again: Pick<TextQuestion, 'value' | 'problem'> = {};
    for (;;) {
      const given = await askForText({ ...question, ...again }, place);
      const url = given.kind === 'given' ? typedUrl(given.value) : undefined;
      if (given.kind !== 'given' || !url) return outcomeOf(given, () => undefined);
      try {
        const facts = await askApi(this.#http, { url, headers: [] }, this.#api);
        if (!facts) return { kind: 'cancelled' };
        const connection = discoveredConnection(facts);
        return { kind: 'done', draft: { ...draft, connection, name: connection.label } };
      } catch (error) {
        again = { value: given.value, problem: problemOf(error) };
      }
    }
  }

  async #fromIssuer(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    let found: Pick<Draft, 'connection' | 'server' | 'name'> | undefined;
    const question = addressQuestion(
      vscode.l10n.t('Issuer: the address of the authorization server, as it publishes it'),
      'https://login.example.com',
      async (url, signal, text) => {
        const connection = { ...blank, issuer: withScheme(text) };
        found = { connection, name: url.hostname, server: await discoverServer(this.#http, connection, signal) };
      },
    );
    const given = await askForText(question, place);
    return outcomeOf(given, () => found && { ...draft, ...found });
  }

  async #fromPreset(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    const items = Object.entries(presets).map(([name, { label, facts }]) => ({
      label,
      description: name,
      name,
      facts,
    }));
    const question = { title: vscode.l10n.t('Add Connection'), placeholder: vscode.l10n.t('Which provider?'), items };
    return outcomeOf(await askForChoice(question, place), ([chosen]) => {
      if (!chosen) return undefined;
      const { name, facts } = chosen;
      const connection = { ...blank, preset: name };
      return { ...draft, name, connection, facts, registerAt: facts.register?.url };
    });
  }

  /** Where each customer has an issuer of their own. */
  async #presetIssuer(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    const form = draft.facts?.issuerForm;
    if (form === undefined) return { kind: 'skipped', draft };
    const question = addressQuestion(vscode.l10n.t('Issuer: your own address at the provider'), form, acceptAnything);
    const given = await askForText(question, place);
    return outcomeOf(given, (text) => withConnection(draft, { issuer: withScheme(text) }));
  }

  async #client(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    if (draft.source === 'api') return { kind: 'skipped', draft };
    const t = vscode.l10n.t;
    const registers = draft.server?.metadata.registration_endpoint !== undefined;
    const question: TextQuestion = {
      title: t('Client id'),
      prompt: registers
        ? t(
            'The id of a client that is registered at the server. Left empty, Latchkey registers itself at each sign-in.',
          )
        : t('The id of a public (native) client that is registered at the server'),
      placeholder: registers ? t('Empty: Latchkey registers itself') : t('Client id'),
      value: draft.connection.clientId,
      accept: (text) =>
        Promise.resolve(text === '' && !registers ? t('This server does not register clients by itself.') : undefined),
    };
    return outcomeOf(await askForText(question, place), (text) =>
      withConnection(draft, { clientId: text || undefined }),
    );
  }

  async #origins(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    const known = draft.connection.origins.length > 0 || draft.facts?.origins !== undefined;
    if (known) return { kind: 'skipped', draft };
    const t = vscode.l10n.t;
    const question: TextQuestion = {
      title: t('Origins'),
      prompt: t('Where the token may go: the address of the API, or several with spaces between them'),
      placeholder: 'https://api.example.com',
      accept: (text) => {
        const { origins, wrong } = originList(text);
        if (wrong !== undefined) return Promise.resolve(t('This is not an http or https URL: {0}', wrong));
        return Promise.resolve(origins.length === 0 ? t('Without an origin the token could go nowhere.') : undefined);
      },
    };
    return outcomeOf(await askForText(question, place), (text) =>
      withConnection(draft, { origins: originList(text).origins }),
    );
  }

  async #scopes(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    if (draft.source === 'api') return { kind: 'skipped', draft };
    const title = vscode.l10n.t('Scopes');
    const placeholder = vscode.l10n.t('What the token is for; choose as few as you need');
    const supported = scopeTokens(draft.server?.metadata.scopes_supported ?? []);
    if (supported.length === 0) {
      const question = { title, prompt: placeholder, placeholder: 'orders.read orders.write', accept: acceptAnything };
      const given = await askForText(question, place);
      return outcomeOf(given, (text) => withConnection(draft, { scopes: scopeTokens(text.split(/[\s,]+/)) }));
    }
    const usual = withIdentityScopes([], supported);
    const items = supported.map((scope) => ({ label: plainLabel(scope), scope }));
    const selected = items.filter(({ scope }) => usual.includes(scope));
    const given = await askForChoice({ title, placeholder, items, selected }, place);
    return outcomeOf(given, (chosen) => withConnection(draft, { scopes: chosen.map(({ scope }) => scope) }));
  }
}

/** With the scheme that people leave out. */
function withScheme(text: string): string {
  return text.includes('://') ? text : `https://${text}`;
}

function acceptAnything(): Promise<undefined> {
  return Promise.resolve(undefined);
}

function withConnection(draft: Draft, more: Partial<ConnectionConfig>): Draft {
  return { ...draft, connection: { ...draft.connection, ...more } };
}

/** A question for a URL that is tried out before the box closes. */
function addressQuestion(
  prompt: string,
  placeholder: string,
  tryOut: (url: URL, signal: AbortSignal, text: string) => Promise<void>,
): TextQuestion {
  return {
    ...{ title: vscode.l10n.t('Add Connection'), prompt, placeholder },
    accept: async (text, signal) => {
      const url = typedUrl(text);
      if (!url) return vscode.l10n.t('Enter an https URL, or an http one of this machine.');
      try {
        await tryOut(url, signal, text);
        return undefined;
      } catch (error) {
        return problemOf(error);
      }
    },
  };
}

function problemOf(error: unknown): string {
  const { message, next } = errorText(error);
  return safeNotification(`${message} ${next}`);
}

function outcomeOf<T>(given: Given<T>, draftOf: (value: T) => Draft | undefined): StepOutcome<Draft> {
  if (given.kind !== 'given') return { kind: given.kind };
  const draft = draftOf(given.value);
  return draft ? { kind: 'done', draft } : { kind: 'cancelled' };
}
