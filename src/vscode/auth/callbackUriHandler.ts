import type * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';
import type { CallbackRouter } from '../../core/oauth/callbackRouter';
import { LatchkeyError } from '../../core/errors';
import type { Log } from '../../core/ports';
import { callbackPath } from '../ids';
import type { CallbackHandover } from './handover';

export interface CallbackUriHandlerDeps {
  readonly router: CallbackRouter;
  readonly handover: CallbackHandover;
  readonly log: Log;
  /** Says to the user why nothing came of what the browser brought. */
  readonly tell: (reason: LatchkeyError) => void;
}

/**
 * Takes what the editor's one URI handler receives: to the sign-in that waits for it here, else to the other
 * windows. A callback that nobody waits for is ignored: it may be late, repeated or forged. When no window knows of it,
 * as after a reload in the middle of a sign-in, the user is told, who would otherwise wait for nothing.
 */
export class CallbackUriHandler implements vscode.Disposable {
  readonly #deps: CallbackUriHandlerDeps;
  readonly #subscription: Disposable;

  constructor(deps: CallbackUriHandlerDeps) {
    const { router, handover } = deps;
    this.#deps = deps;
    this.#subscription = handover.onDidArrive((url) => {
      if (router.deliver(url) || router.isOver(url)) void handover.taken(url);
    });
  }

  async handle(uri: vscode.Uri): Promise<void> {
    const { router, handover, log, tell } = this.#deps;
    if (uri.path !== callbackPath) {
      log.warn('Ignored a URI with another path than the callback’s');
      return;
    }
    const url = callbackUrl(uri);
    if (router.deliver(url) || router.isOver(url)) return;
    log.info('A callback arrived that no sign-in of this window waits for; offered to the other windows');
    try {
      if (await handover.pass(url)) return;
    } catch (error) {
      log.error('A callback cannot be offered to the other windows', error);
    }
    tell(new LatchkeyError('oauth.callbackStateUnknown'));
  }

  dispose(): void {
    this.#subscription.dispose();
  }
}

/**
 * The callback as a URL. On the desktop VS Code has decoded the query once, in browser windows it has not; and where
 * it has, a `+` of a code must not become a space. So the query is split, and only what is still encoded is decoded.
 */
export function callbackUrl(uri: Pick<vscode.Uri, 'query'>): URL {
  const url = new URL(`https://callback.invalid${callbackPath}`);
  for (const part of uri.query.split('&')) {
    const [name = '', ...value] = part.split('=');
    if (name !== '') url.searchParams.append(name, decoded(spaced(name, value.join('='))));
  }
  return url;
}

/** Only a sentence for people has spaces, which servers write as `+`. */
function spaced(name: string, value: string): string {
  return name === 'error_description' ? value.replaceAll('+', ' ') : value;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // a lone percent sign: it was decoded before
  }
}
