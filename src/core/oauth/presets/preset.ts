import type { Endpoints } from '../model';
import type { Quirks } from '../quirks/quirks';
import type { ProviderRedirectRules } from '../redirectRules';

/** A provider whose endpoints and manners are known: data, each fact with its source. */
export interface Preset {
  /** What people call the provider. */
  readonly label: string;
  readonly facts: PresetFacts;
  /** For each fact the documents that say so. */
  readonly sources: Readonly<Partial<Record<keyof PresetFacts, Source>>>;
}

/** Addresses of documents. */
export type Source = string | readonly string[];

/** What is known. A fact that is not there is not known; nothing is guessed. */
export interface PresetFacts extends Quirks {
  /** Publishes the endpoints. */
  readonly issuer?: string;
  /** What the issuer looks like where each customer has another one; the connection must name it. */
  readonly issuerForm?: string;
  readonly endpoints?: Endpoints;
  /** Where the API is; `issuer`: at the origin of the issuer. */
  readonly origins?: readonly string[] | 'issuer';
  /** Whether a client without a secret can get tokens. */
  readonly publicClients?: boolean;
  /** Parameters per phase; those of the connection are laid over them. */
  readonly parameters?: {
    readonly authorize?: Readonly<Record<string, string>>;
    readonly token?: Readonly<Record<string, string>>;
    readonly refresh?: Readonly<Record<string, string>>;
  };
  /** Statuses of the API that mean an expired token. Absent: 401. */
  readonly refreshOn?: readonly number[];
  readonly redirect?: RedirectFacts;
  readonly register?: Registration;
  /** For people: how long tokens live, and what a refresh token takes. */
  readonly refresh?: string;
  /** For people: what else is odd. */
  readonly oddities?: readonly string[];
}

/** Which redirect URIs the provider takes from a native app. What is absent is not known, and taken as RFC 8252 has it. */
export interface RedirectFacts extends ProviderRedirectRules {
  /** For people. */
  readonly notes?: readonly string[];
}

/** Where an app is registered. */
export interface Registration {
  readonly url: string;
  /** For people: what kind of app, and what to choose. */
  readonly as?: string;
}

/** Makes a preset; a fact without a source, a source without a fact and an unknown name do not compile. */
export function preset<const Facts extends PresetFacts>(
  label: string,
  facts: Facts & Readonly<Record<Exclude<keyof Facts, keyof PresetFacts>, never>>,
  sources: Readonly<Record<keyof Facts, Source>>,
): Preset {
  return { label, facts, sources };
}
