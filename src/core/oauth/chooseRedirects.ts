import { assertNever } from '../assertNever';
import type { RedirectWish } from './model';
import type { Environment, SignInWay } from './signInPorts';

/** What the server lets a client use. */
export interface RedirectRules {
  /** It registers a client for each sign-in (RFC 7591), so an address that changes each time can be used. */
  readonly registersClients: boolean;
  /** It takes redirect URIs with a scheme of an editor. */
  readonly editorSchemes: boolean;
  /** The client can sign in with a code instead (RFC 8628). */
  readonly device: boolean;
}

/**
 * The ways of signing in that can work, best first; "Try another way" walks the list. Never empty, and pasting is
 * always in it, because every automatic way has a place where it breaks.
 */
export function chooseRedirects(environment: Environment, rules: RedirectRules, wish: RedirectWish): SignInWay[] {
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

function automatic({ ui, extensionHost, portable }: Environment, rules: RedirectRules): SignInWay[] {
  // Token endpoints do not answer the web pages that web workers are (CORS).
  const device: readonly SignInWay[] = rules.device && extensionHost !== 'worker' ? ['device'] : [];
  // In a browser the loopback is another machine's. The window's own address works if it can be registered.
  if (ui === 'web') {
    return rules.registersClients ? ['editorUriWeb', ...device, 'paste'] : [...device, 'paste', 'editorUriWeb'];
  }
  // A portable editor does not tell the system that it opens its own scheme.
  const editorUri: readonly SignInWay[] = portable || !rules.editorSchemes ? [] : ['editorUri'];
  switch (extensionHost) {
    case 'local':
      return ['loopback', ...editorUri, ...device, 'paste'];
    case 'remote':
      // The loopback needs a tunnel with the same port at both ends, which may not be had.
      return [...editorUri, ...device, 'loopback', 'paste'];
    case 'worker':
      return [...editorUri, 'paste'];
    default:
      return assertNever(extensionHost);
  }
}
