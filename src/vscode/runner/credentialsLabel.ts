import * as vscode from 'vscode';
import type { RequestAuth } from '../../core/http/httpRequest';

/** How a request authenticates, when it does so without a connection. */
export function credentialsLabel(auth: RequestAuth): string | undefined {
  switch (auth.kind) {
    case 'none':
    case 'auto':
    case 'connection':
      return undefined;
    case 'basic':
      return vscode.l10n.t('Basic');
    case 'bearer':
      return vscode.l10n.t('Bearer token');
    case 'apiKey':
      return vscode.l10n.t('API key');
    case 'digest':
      return vscode.l10n.t('Digest');
    case 'awsSigV4':
      return vscode.l10n.t('AWS signature');
    case 'hmac':
      return vscode.l10n.t('HMAC signature');
  }
}
