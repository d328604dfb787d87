import type * as vscode from 'vscode';
import { discoveredConnection, type DiscoveredFacts } from '../../core/oauth/discoveredConnection';
import { isWithin } from '../../core/oauth/protectedResource';
import type { TlsScope } from '../../core/session/tlsScope';
import { isArrayOf, isBoolean, isObject, isOptional, isString } from '../../shared/guard';
import type { FoundConnection } from './latchkeyAuthenticationProvider';

const key = 'latchkey.discoveredApis';

/** More APIs than anybody explores in one workspace; the oldest are forgotten. */
const most = 100;

interface Remembered extends DiscoveredFacts {
  /** URI of the folder whose request it was. */
  readonly folder: string;
}

const isRemembered = isObject<Remembered>({
  folder: isString,
  origin: isString,
  resource: isOptional(isString),
  issuer: isString,
  clientId: isOptional(isString),
  scopes: isArrayOf(isString),
  dpop: isBoolean,
});

/**
 * What APIs said about where to sign in, so that `auth: auto` need not ask again. It holds no secret, and being
 * remembered approves nothing: the grant of trust is asked for as for any connection.
 */
export class DiscoveredApis {
  readonly #memento: vscode.Memento;

  constructor(workspaceState: vscode.Memento) {
    this.#memento = workspaceState;
  }

  /**
   * The API that a URL belongs to: of several at an origin the one with the longest identifier. The project file says
   * how connections to it are secured.
   */
  find({ folder, settings: tls }: TlsScope, url: URL): FoundConnection | undefined {
    const [closest] = this.#all()
      .filter((api) => api.folder === folder && api.origin === url.origin && isWithin(url, api.resource ?? api.origin))
      .sort((a, b) => (b.resource ?? '').length - (a.resource ?? '').length);
    return closest && { connection: { ...discoveredConnection(closest), tls }, folder };
  }

  /** Those of the workspace, by origin. How connections to them are secured is not in it. */
  all(): readonly FoundConnection[] {
    const found = this.#all().map((api) => ({ connection: discoveredConnection(api), folder: api.folder }));
    return found.sort((a, b) => a.connection.label.localeCompare(b.connection.label));
  }

  async remember(folder: string, facts: DiscoveredFacts): Promise<void> {
    const isSame = (api: Remembered): boolean =>
      api.folder === folder && api.origin === facts.origin && api.resource === facts.resource;
    const others = this.#all().filter((api) => !isSame(api));
    await this.#memento.update(key, [...others, { ...facts, folder }].slice(-most));
  }

  #all(): readonly Remembered[] {
    const stored = this.#memento.get<unknown>(key);
    return Array.isArray(stored) ? stored.filter(isRemembered) : [];
  }
}
