import * as vscode from 'vscode';

type Change = vscode.AuthenticationProviderAuthenticationSessionsChangeEvent;

/**
 * The provider's change event. VS Code subscribes some time after registration has returned; what fires before that
 * is kept for the first listener, so the Accounts menu misses nothing.
 */
export class SessionChanges implements vscode.Disposable {
  readonly #emitter = new vscode.EventEmitter<Change>();
  #early: Change[] | undefined = [];

  readonly event: vscode.Event<Change> = (listener, thisArgs, disposables) => {
    const subscription = this.#emitter.event(listener, thisArgs, disposables);
    const early = this.#early;
    this.#early = undefined;
    if (early) queueMicrotask(() => early.forEach((change) => this.#emitter.fire(change)));
    return subscription;
  };

  fire(change: Change): void {
    if (this.#early) this.#early.push(change);
    else this.#emitter.fire(change);
  }

  dispose(): void {
    this.#emitter.dispose();
  }
}
