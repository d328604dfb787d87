import * as vscode from 'vscode';
import type { Browser } from '../../core/ports';

/**
 * The user's own browser. `openExternal` gets the string itself: as a `Uri` VS Code would encode it again and
 * break `+`, nested queries and redirect URIs. Its type does not say that it takes strings, its code does.
 */
export const systemBrowser: Browser = {
  open: async (url) => vscode.env.openExternal(url as unknown as vscode.Uri),
};
