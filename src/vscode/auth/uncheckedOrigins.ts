import * as vscode from 'vscode';
import type { UnverifiedOrigins } from '../../core/oauth/signInPorts';
import { isArrayOf, isObject, isString } from '../../shared/guard';
import type { Confirm } from '../platform/confirm';

const key = 'latchkey.uncheckedOrigins';

interface Allowed {
  /** URI of the workspace folder. */
  readonly folder: string;
  readonly origin: string;
}

const isAllowedList = isArrayOf(isObject<Allowed>({ folder: isString, origin: isString }));

/** Origins whose certificates the user lets be unchecked, kept per workspace where no repository can put one. */
export class UncheckedOrigins implements UnverifiedOrigins {
  readonly #memento: vscode.Memento;
  readonly #confirm: Confirm;
  readonly #asking = new Map<string, Promise<boolean>>();

  constructor(workspaceState: vscode.Memento, confirm: Confirm) {
    this.#memento = workspaceState;
    this.#confirm = confirm;
  }

  isAllowed(folder: string, origin: string): boolean {
    return this.#all().some((allowed) => allowed.folder === folder && allowed.origin === origin);
  }

  /** Whoever asks for the same at the same time shares one question. */
  async ask(folder: string, origin: string, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    const question = JSON.stringify([folder, origin]);
    const asking = this.#asking.get(question) ?? this.#ask(folder, origin);
    this.#asking.set(question, asking);
    try {
      return await asking;
    } finally {
      this.#asking.delete(question);
    }
  }

  async #ask(folder: string, origin: string): Promise<boolean> {
    const t = vscode.l10n.t;
    const allowed = await this.#confirm({
      message: t('Connect to {0} without checking its certificate?', origin),
      detail: t(
        'latchkey.yaml says so. Whoever is between you and {0} can then read and change all that is sent, tokens and passwords included. Latchkey remembers your answer for this workspace.',
        origin,
      ),
      button: t('Connect Unchecked'),
    });
    if (allowed) await this.#memento.update(key, [...this.#all(), { folder, origin }]);
    return allowed;
  }

  #all(): readonly Allowed[] {
    const stored = this.#memento.get<unknown>(key);
    return isAllowedList(stored) ? stored : [];
  }
}
