import * as vscode from 'vscode';
import { blankConnection } from '../../core/oauth/blankConnection';
import type { ApiQuestions } from '../../core/oauth/apiConnection';
import { discoveredConnection } from '../../core/oauth/discoveredConnection';
import { discoverServer } from '../../core/oauth/discovery';
import type { OAuthHttp } from '../../core/oauth/oauthHttp';
import { typedUrl } from '../../core/oauth/originList';
import { presets } from '../../core/oauth/presets/presets';
import { askApi } from '../auth/askApi';
import { askForChoice, askForText, type TextQuestion } from '../platform/stepInputs';
import type { StepOutcome, StepPlace } from '../platform/steps';
import { acceptAnything, addressQuestion, problemOf } from './addressQuestion';
import { outcomeOf, withConnection, withScheme, type Draft } from './connectionDraft';

/** Asks where a new connection comes from: the API itself, an issuer, or a provider that Latchkey knows. */
export class ConnectionSources {
  readonly #http: OAuthHttp;
  readonly #api: ApiQuestions;

  constructor(http: OAuthHttp, api: ApiQuestions) {
    this.#http = http;
    this.#api = api;
  }

  /** Which of the three it is to be. */
  async source(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
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

  /** The address, or the name, of what was chosen. */
  address(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
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
        const connection = { ...blankConnection, issuer: withScheme(text) };
        found = { connection, name: url.hostname, server: await discoverServer(this.#http, connection, signal) };
      },
    );
    const given = await askForText(question, place);
    return outcomeOf(given, () => found && { ...draft, ...found });
  }

  async #fromPreset(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    const items = Object.entries(presets)
      .map(([name, { label, facts }]) => ({ label, description: name, name, facts }))
      .sort((a, b) => a.label.localeCompare(b.label));
    const question = { title: vscode.l10n.t('Add Connection'), placeholder: vscode.l10n.t('Which provider?'), items };
    return outcomeOf(await askForChoice(question, place), ([chosen]) => {
      if (!chosen) return undefined;
      const { name, facts } = chosen;
      const connection = { ...blankConnection, preset: name };
      return { ...draft, name, connection, facts, registerAt: facts.register?.url };
    });
  }

  /** Where each customer has an issuer of their own. */
  async presetIssuer(draft: Draft, place: StepPlace): Promise<StepOutcome<Draft>> {
    const form = draft.facts?.issuerForm;
    if (form === undefined) return { kind: 'skipped', draft };
    const question = addressQuestion(vscode.l10n.t('Issuer: your own address at the provider'), form, acceptAnything);
    const given = await askForText(question, place);
    return outcomeOf(given, (text) => withConnection(draft, { issuer: withScheme(text) }));
  }
}
