import * as vscode from 'vscode';

/** What the user is asked before something is done that they may not want. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  /** The button that says yes. */
  readonly button: string;
}

/** Asks in VS Code's own modal, where no page and no file can press the button. Closing it is a no. */
export type Confirm = (question: Question) => Promise<boolean>;

export const confirmInModal: Confirm = async ({ message, detail, button }) =>
  (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button;
