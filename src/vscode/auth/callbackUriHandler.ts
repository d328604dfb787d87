import type * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable';
import type { CallbackRouter } from '../../core/oauth/callbackRouter';
import type { Log } from '../../core/ports';
import { callbackPath } from '../ids';
import type { CallbackHandover } from './handover';

/**
 * Takes what the editor's one URI handler receives: to the sign-in that waits for it here, else to the other
 * windows. A callback that nobody waits for is ignored: it may be late, repeated or forged.
 */
export class CallbackUriHandler implements vscode.Disposable {
  readonly #router: CallbackRouter;
  readonly #handover: CallbackHandover;
  readonly #log: Log;
  readonly #subscription: Disposable;

  constructor(router: CallbackRouter, handover: CallbackHandover, log: Log) {
    this.#router = router;
    this.#handover = handover;
    this.#log = log;
    this.#subscription = handover.onDidArrive((url) => {
      if (router.deliver(url)) void handover.taken(url);
    });
  }

  async handle(uri: vscode.Uri): Promise<void> {
    if (uri.path !== callbackPath) {
      this.#log.warn('Ignored a URI with another path than the callback’s');
      return;
    }
    const url = callbackUrl(uri);
    if (this.#router.deliver(url)) return;
    this.#log.info('A callback arrived that no sign-in of this window waits for; offered to the other windows');
    await this.#handover.pass(url);
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
