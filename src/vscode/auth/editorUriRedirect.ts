import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';
import type { CallbackRouter } from '../../core/oauth/callbackRouter';
import type { OpenRedirect, RedirectStrategy } from '../../core/oauth/signInPorts';
import { callbackPath, extensionId } from '../ids';

/** The editor URI as it can be registered: `<scheme>://latchkey.latchkey/callback`. */
export function plainEditorUri(): string {
  return `${vscode.env.uriScheme}://${extensionId}${callbackPath}`;
}

/**
 * The plain editor URI, for the desktop. It does not go through `asExternalUri`, which would add a window id that
 * changes each time; the price is that it may arrive in another window, which hands it over.
 */
export function editorUriRedirect(router: CallbackRouter): RedirectStrategy {
  return {
    kind: 'editorUri',
    open: (_connection, state) => Promise.resolve(routedRedirect('editorUri', plainEditorUri(), router, state)),
  };
}

/**
 * What `asExternalUri` makes of the editor URI in a browser window, verbatim: an address of the server that serves
 * the window, with a query of its own. It is different each time, so it is registered for this sign-in.
 */
export function editorUriWebRedirect(router: CallbackRouter): RedirectStrategy {
  return {
    kind: 'editorUriWeb',
    async open(_connection, state) {
      const external = await vscode.env.asExternalUri(vscode.Uri.parse(plainEditorUri()));
      return routedRedirect('editorUriWeb', external.toString(true), router, state);
    },
  };
}

function routedRedirect(kind: OpenRedirect['kind'], uri: string, router: CallbackRouter, state: string): OpenRedirect {
  const registrations: Disposable[] = [];
  return {
    kind,
    uri,
    onCallback(listener) {
      const registration = router.register(state, listener);
      registrations.push(registration);
      return registration;
    },
    close() {
      for (const registration of registrations.splice(0)) registration.dispose();
      return Promise.resolve();
    },
  };
}
