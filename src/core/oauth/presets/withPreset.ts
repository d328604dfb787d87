import type { ConnectionConfig, Endpoints } from '../model';
import type { ProviderRedirectRules } from '../redirectRules';
import type { Preset, PresetFacts } from './preset';

/**
 * A connection as the project file has it, filled up with what is known of its provider. What the file says wins. A
 * file that names another server takes over the provider's manners only: no endpoint of the provider hears of another
 * server's tokens, and the file says itself where they may go.
 */
export function withPreset(connection: ConnectionConfig, { facts }: Preset): ConnectionConfig {
  const elsewhere = isElsewhere(connection, facts);
  const issuer = connection.issuer ?? (elsewhere ? undefined : facts.issuer);
  return {
    ...connection,
    issuer,
    endpoints: elsewhere ? connection.endpoints : withEndpoints(connection.endpoints, facts.endpoints ?? {}),
    clientAuth: connection.clientAuth ?? (connection.clientSecretName === undefined ? undefined : facts.clientAuth),
    origins: connection.origins.length > 0 ? connection.origins : originsOf(facts, issuer, elsewhere),
    // A file that says itself where the token may go has said all of it.
    toldOrigin: connection.origins.length > 0 ? undefined : facts.tokenResponse?.apiOrigin,
    redirectRules: redirectRulesOf(facts),
    parameters: {
      authorize: { ...facts.parameters?.authorize, ...connection.parameters.authorize },
      token: { ...facts.parameters?.token, ...connection.parameters.token },
      refresh: { ...facts.parameters?.refresh, ...connection.parameters.refresh },
    },
    refreshOn: connection.refreshOn ?? facts.refreshOn,
  };
}

/** Whether the file signs in at another server than the provider's. */
function isElsewhere({ issuer, endpoints }: ConnectionConfig, facts: PresetFacts): boolean {
  if (issuer !== undefined) return true;
  const known = facts.endpoints?.token ?? facts.issuer;
  return endpoints.token !== undefined && known !== undefined && originOf(endpoints.token) !== originOf(known);
}

function withEndpoints(named: Endpoints, known: Endpoints): Endpoints {
  const there = Object.entries(named as Readonly<Record<string, string | undefined>>);
  return { ...named, ...known, ...Object.fromEntries(there.filter(([, url]) => url !== undefined)) };
}

function originsOf({ origins }: PresetFacts, issuer: string | undefined, elsewhere: boolean): readonly string[] {
  if (origins === 'issuer') {
    const origin = issuer === undefined ? undefined : originOf(issuer);
    return origin === undefined ? [] : [origin];
  }
  return elsewhere ? [] : (origins ?? []);
}

function redirectRulesOf({ redirect }: PresetFacts): ProviderRedirectRules | undefined {
  if (!redirect) return undefined;
  const { editorSchemes, loopback, loopbackHost } = redirect;
  return { editorSchemes, loopback, loopbackHost };
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
