import * as vscode from 'vscode';
import { blankConnection } from '../../core/oauth/blankConnection';
import type { ApiQuestions } from '../../core/oauth/apiConnection';
import { withIdentityScopes } from '../../core/oauth/discoveredScopes';
import type { OAuthHttp } from '../../core/oauth/oauthHttp';
import { originList } from '../../core/oauth/originList';
import { scopeTokens } from '../../core/oauth/protectedResource';
import { plainLabel } from '../platform/plainLabel';
import { askForChoice, askForText, type TextQuestion } from '../platform/stepInputs';
import { runSteps, type StepOutcome, type StepPlace } from '../platform/steps';
import { acceptAnything } from './addressQuestion';
import { outcomeOf, withConnection, type Draft, type NewConnection } from './connectionDraft';
import { ConnectionSources } from './connectionSources';

/** Asks step by step for what a new connection needs; only what cannot be found out is asked. */
export class ConnectionQuestions {
  readonly #sources: ConnectionSources;

  constructor(http: OAuthHttp, api: ApiQuestions) {
    this.#sources = new ConnectionSources(http, api);
  }

  /** `undefined`: the user gave up. */
  ask(): Promise<NewConnection | undefined> {
    const start: Draft = { connection: blankConnection, name: '', source: 'api', server: undefined };
    const sources = this.#sources;
    return runSteps(start, [
      (draft, place) => sources.source(draft, place),
      (draft, place) => sources.address(draft, place),
      (draft, place) => sources.presetIssuer(draft, place),
      askForClient,
      askForOrigins,
      askForScopes,
    ]);
  }
}

async function askForClient(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
  if (draft.source === 'api') return { kind: 'skipped', draft };
  const t = vscode.l10n.t;
  const registers = draft.server?.metadata.registration_endpoint !== undefined;
  const question: TextQuestion = {
    title: t('Client id'),
    prompt: registers
      ? t('The id of a client that is registered at the server. Left empty, Latchkey registers itself at each sign-in.')
      : t('The id of a public (native) client that is registered at the server'),
    placeholder: registers ? t('Empty: Latchkey registers itself') : t('Client id'),
    value: draft.connection.clientId,
    accept: (text) =>
      Promise.resolve(text === '' && !registers ? t('This server does not register clients by itself.') : undefined),
  };
  return outcomeOf(await askForText(question, place), (text) => withConnection(draft, { clientId: text || undefined }));
}

async function askForOrigins(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
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

async function askForScopes(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
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
