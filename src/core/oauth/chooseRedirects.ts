import { assertNever } from '../assertNever';
import type { RedirectWish } from './model';
import type { RedirectRules } from './redirectRules';
import { canBeRelayedTo } from './relayState';
import type { Environment, SignInWay } from './signInPorts';

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
    case 'relay':
      // Where it cannot bring the answer back, the relay page shows what to paste.
      return canBeRelayedTo(environment) ? ['relay', 'paste'] : ['paste'];
    case 'paste':
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
  const loopback: readonly SignInWay[] = rules.loopback === 'refused' ? [] : ['loopback'];
  // A portable editor does not tell the system that it opens its own scheme.
  const editorUri: readonly SignInWay[] = portable || rules.editorSchemes === false ? [] : ['editorUri'];
  switch (extensionHost) {
    case 'local':
      return [...loopback, ...editorUri, ...device, 'paste'];
    case 'remote':
      // The loopback needs a tunnel, whose near end may get another port than is registered.
      return [...editorUri, ...device, ...loopback, 'paste'];
    case 'worker':
      return [...editorUri, 'paste'];
    default:
      return assertNever(extensionHost);
  }
}
