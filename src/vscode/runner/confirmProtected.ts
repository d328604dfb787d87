import * as vscode from 'vscode';
import { abortError } from '../../core/errors';
import type { HttpRequest } from '../../core/http/httpRequest';
import type { RequestContext } from './requestSender';

/**
 * Environments under `protect:` ask before anything that may change data.
 * @throws AbortError when the user thinks better of it.
 */
export async function confirmProtected(
  { project, environment }: Pick<RequestContext, 'project' | 'environment'>,
  request: HttpRequest,
): Promise<void> {
  const isSafe = /^(GET|HEAD|OPTIONS|TRACE)$/.test(request.method);
  if (isSafe || environment === undefined || project?.file.protect.includes(environment) !== true) return;
  const send = vscode.l10n.t('Send');
  const message = vscode.l10n.t('Send {0} “{1}” to {2}?', request.method, request.name, environment);
  const detail = vscode.l10n.t('The environment {0} is protected in {1}.', environment, project.label);
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, send)) !== send) throw abortError();
}
