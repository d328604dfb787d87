import * as vscode from 'vscode';
import type { ApiQuestions } from '../../core/oauth/apiConnection';
import type { DiscoveredFacts } from '../../core/oauth/discoveredConnection';
import type { OAuthHttp } from '../../core/oauth/oauthHttp';
import type { AskedApi } from '../../core/oauth/resourceDiscovery';
import { isCancelled } from '../platform/isCancelled';

/**
 * Finds out from an API how to sign in, with progress that can be cancelled. `undefined`: the user gave up.
 * @throws LatchkeyError why it cannot be found out.
 */
export async function askApi(
  http: OAuthHttp,
  asked: AskedApi,
  questions: ApiQuestions,
): Promise<DiscoveredFacts | undefined> {
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t('Finding out where to sign in to {0}', asked.url.host);
  try {
    return await vscode.window.withProgress({ location, title, cancellable: true }, async (_progress, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      const { findApiConnection } = await import('../../core/oauth/apiConnection');
      return findApiConnection(http, asked, questions, controller.signal);
    });
  } catch (error) {
    if (isCancelled(error)) return undefined;
    throw error;
  }
}
