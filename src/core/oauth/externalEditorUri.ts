import { isRedirectUrl } from '../request/webUrl';

/** What a browser window's address for answers can be used for. */
export type ExternalEditorUri =
  | {
      readonly kind: 'address';
      /** The redirect URI. */
      readonly uri: string;
      /** The `state` by which the platform knows the window: the sign-in has to use this one. */
      readonly state: string | undefined;
    }
  | { readonly kind: 'none'; readonly reason: string };

/** A state of the platform's that is as hard to guess as our own: 128 bits as hexadecimal digits or more. */
const strongState = /^[\w-]{32,128}$/;

/**
 * Judges what `env.asExternalUri` makes of the editor URI in a browser window: an address of the server that serves the
 * window, with a query that is different each time and is kept to the byte. GitHub Codespaces knows the window by a
 * `state` in that query. OAuth adds a parameter of the same name, so it is taken out and used for both.
 */
export function externalEditorUri(external: string): ExternalEditorUri {
  // Embedders of the web edition that have no such address say `unsupported:`.
  if (!/^https?:/i.test(external)) return { kind: 'none', reason: 'this window has no address of its own' };
  if (!isRedirectUrl(external)) return { kind: 'none', reason: 'the address of this window is not encrypted' };
  const [base = '', query = ''] = external.split(/\?(.*)/s, 2);
  const parts = query.split('&').filter((part) => part !== '');
  const states = parts.filter((part) => part.startsWith('state='));
  const [first] = states;
  if (first === undefined) return { kind: 'address', uri: external, state: undefined };
  const state = first.slice('state='.length);
  if (states.length > 1 || !strongState.test(state)) {
    return { kind: 'none', reason: 'the address of this window has a state of its own' };
  }
  const others = parts.filter((part) => part !== first);
  return { kind: 'address', uri: others.length > 0 ? `${base}?${others.join('&')}` : base, state };
}
