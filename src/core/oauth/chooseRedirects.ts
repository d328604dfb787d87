import { assertNever } from '../assertNever';
import type { RedirectWish } from './model';
import type { Environment, RedirectKind } from './signInPorts';

/** What the server lets a client use. */
export interface RedirectRules {
  /** It registers a client for each sign-in (RFC 7591), so an address that changes each time can be used. */
  readonly registersClients: boolean;
  /** It takes redirect URIs with a scheme of an editor. */
  readonly editorSchemes: boolean;
}

/**
 * The ways back from the browser that can work, best first; "Try another way" walks the list. Never empty, and
 * pasting is always in it, because every automatic way has a place where it breaks.
 */
export function chooseRedirects(environment: Environment, rules: RedirectRules, wish: RedirectWish): RedirectKind[] {
  switch (wish.kind) {
    case 'auto':
      return automatic(environment, rules);
    case 'loopback':
      // A web worker cannot listen.
      return environment.extensionHost === 'worker' ? ['paste'] : ['loopback', 'paste'];
    case 'editorUri':
      return environment.ui === 'web' ? ['editorUriWeb', 'paste'] : ['editorUri', 'paste'];
    case 'paste':
    case 'relay':
      return ['paste'];
    default:
      return assertNever(wish);
  }
}

function automatic(environment: Environment, rules: RedirectRules): RedirectKind[] {
  // In a browser the loopback is another machine's. The window's own address works if it can be registered.
  if (environment.ui === 'web') return rules.registersClients ? ['editorUriWeb', 'paste'] : ['paste', 'editorUriWeb'];
  // A portable editor does not tell the system that it opens its own scheme.
  const editorUri: readonly RedirectKind[] = environment.portable || !rules.editorSchemes ? [] : ['editorUri'];
  switch (environment.extensionHost) {
    case 'local':
      return ['loopback', ...editorUri, 'paste'];
    case 'remote':
      // The loopback needs a tunnel with the same port at both ends, which may not be had.
      return [...editorUri, 'loopback', 'paste'];
    case 'worker':
      return [...editorUri, 'paste'];
    default:
      return assertNever(environment.extensionHost);
  }
}
