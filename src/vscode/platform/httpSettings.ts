import * as vscode from 'vscode';
import type { ProxySettings } from '../../core/http/proxy';
import { Secret } from '../../core/secret';
import { readSetting } from './settings';

/** The settings that requests go by, VS Code's own and ours, read again when they have changed: each send asks for them. */
export class HttpSettings implements vscode.Disposable {
  #proxy: ProxySettings | undefined;
  #systemCertificates: boolean | undefined;
  #isEditorChosen: boolean | undefined;
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('latchkey.http')) this.#isEditorChosen = undefined;
      if (!change.affectsConfiguration('http')) return;
      this.#proxy = undefined;
      this.#systemCertificates = undefined;
    });
  }

  get proxy(): ProxySettings {
    return (this.#proxy ??= proxySettings());
  }

  /** Whether VS Code's user wants the authorities of the system to be trusted. */
  get systemCertificates(): boolean {
    return (this.#systemCertificates ??= usesSystemCertificates());
  }

  /** Whether the user wants requests to go by VS Code's own network. */
  get isEditorChosen(): boolean {
    return (this.#isEditorChosen ??= readSetting('http.transport') === 'editor');
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/** What the user's own settings say about proxies. A workspace has no say in where its requests go by. */
function proxySettings(): ProxySettings {
  const { proxy, noProxy, proxyAuthorization, proxySupport, proxyStrictSSL } = ownSettings();
  return {
    proxy: typeof proxy === 'string' ? proxy.trim() : '',
    noProxy: Array.isArray(noProxy) ? noProxy.filter((entry) => typeof entry === 'string') : [],
    authorization:
      typeof proxyAuthorization === 'string' && proxyAuthorization !== ''
        ? new Secret(proxyAuthorization.replaceAll(/[\r\n]/g, ''))
        : undefined,
    isOn: proxySupport !== 'off',
    strictSsl: proxyStrictSSL !== false,
  };
}

type ProxyKey = 'proxy' | 'noProxy' | 'proxyAuthorization' | 'proxySupport' | 'proxyStrictSSL';

function ownSettings(): Readonly<Partial<Record<ProxyKey, unknown>>> {
  const configuration = vscode.workspace.getConfiguration('http');
  const keys: readonly ProxyKey[] = ['proxy', 'noProxy', 'proxyAuthorization', 'proxySupport', 'proxyStrictSSL'];
  return Object.fromEntries(
    keys.map((key) => {
      const found = configuration.inspect(key);
      return [key, found?.globalValue ?? found?.defaultValue];
    }),
  );
}

function usesSystemCertificates(): boolean {
  return vscode.workspace.getConfiguration('http').get<boolean>('systemCertificates', true);
}
