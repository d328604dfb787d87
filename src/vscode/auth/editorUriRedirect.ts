import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';
import { LatchkeyError } from '../../core/errors';
import type { CallbackRouter } from '../../core/oauth/callbackRouter';
import { externalEditorUri } from '../../core/oauth/externalEditorUri';
import { relayState } from '../../core/oauth/relayState';
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
 * What `asExternalUri` makes of the editor URI in a browser window: an address of the server that serves the window,
 * with a query of its own. It is different each time, so it is registered for this sign-in.
 */
export function editorUriWebRedirect(router: CallbackRouter): RedirectStrategy {
  return {
    kind: 'editorUriWeb',
    async open(_connection, proposed) {
      const plain = plainEditorUri();
      const external = (await vscode.env.asExternalUri(vscode.Uri.parse(plain))).toString(true);
      const found = externalEditorUri(external);
      if (found.kind === 'none') {
        throw new LatchkeyError('oauth.redirectUnavailable', { uri: plain, reason: found.reason });
      }
      return routedRedirect('editorUriWeb', found.uri, router, found.state ?? proposed);
    },
  };
}

/** The fixed https page that the connection names; it forwards to the plain editor URI. */
export function relayRedirect(router: CallbackRouter): RedirectStrategy {
  return {
    kind: 'relay',
    open: ({ name, redirect }, proposed) => {
      if (redirect.kind !== 'relay') return Promise.reject(new LatchkeyError('oauth.noRedirect', { connection: name }));
      const state = relayState(proposed, vscode.env.uriScheme);
      return Promise.resolve(routedRedirect('relay', redirect.uri, router, state));
    },
  };
}

function routedRedirect(kind: OpenRedirect['kind'], uri: string, router: CallbackRouter, state: string): OpenRedirect {
  const registrations: Disposable[] = [];
  return {
    ...{ kind, uri, state },
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
