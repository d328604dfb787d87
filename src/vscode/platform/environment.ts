import * as vscode from 'vscode';
import type { Environment } from '../../core/oauth/signInPorts';

/** Where Latchkey runs, for the choice of a redirect strategy. */
export function detectEnvironment(extension: vscode.Extension<unknown>): Environment {
  const remote = vscode.env.remoteName !== undefined && extension.extensionKind === vscode.ExtensionKind.Workspace;
  const portable = (vscode.env as { isAppPortable?: boolean }).isAppPortable ?? false; // since 1.110
  return {
    ui: vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop',
    extensionHost: remote ? 'remote' : 'local',
    portable,
    uriScheme: vscode.env.uriScheme,
  };
}
