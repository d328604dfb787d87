import * as vscode from 'vscode';
import { webviewHtml } from './webviewHtml';

/** Gives a panel the page of one of our views, its icon, and access to nothing else. */
export function setUpWebview(
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  view: 'runner' | 'inspector',
  title: string,
): void {
  const { webview } = panel;
  const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(extensionUri, 'media', `runner-${theme}.svg`);
  panel.iconPath = { light: icon('light'), dark: icon('dark') };
  webview.options = {
    enableScripts: true,
    enableForms: false,
    localResourceRoots: [root, vscode.Uri.joinPath(extensionUri, 'media')],
  };
  webview.html = webviewHtml({
    element: `latchkey-${view}`,
    scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(root, `${view}.js`)).toString(),
    cspSource: webview.cspSource,
    nonce: newNonce(),
    language: vscode.env.language,
    title,
    hasWorkers: view === 'runner',
  });
}

function newNonce(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24))));
}
