import * as vscode from 'vscode';
import { trustedFolder } from '../requests/projectFiles';
import type { RequestContext } from './requestSender';

/** Requests of one project (or, without one, folder) share their cookies, each environment its own. */
export function cookieScopeOf({ project, environment, uri }: RequestContext): string {
  return JSON.stringify([project?.uri.toString() ?? trustedFolder(uri), environment ?? null]);
}

/** Whether a scope is that of a project or folder which is open in this window. */
export function isCookieScopeOfWindow(scope: string): boolean {
  const [uri] = JSON.parse(scope) as [string, unknown];
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri)) !== undefined;
}
