import * as vscode from 'vscode';
import type { ProxySettings } from '../../core/http/proxy';
import { Secret } from '../../core/secret';

/** What the user's own settings say about proxies. A workspace has no say in where its requests go by. */
export function proxySettings(): ProxySettings {
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

/** Whether VS Code's user wants the authorities of the system to be trusted. */
export function usesSystemCertificates(): boolean {
  return vscode.workspace.getConfiguration('http').get<boolean>('systemCertificates', true);
}
