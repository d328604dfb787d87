import * as vscode from 'vscode';
import type { InputPrompt, InputQuestion } from '../../core/run/inputs';

/** VS Code's own boxes for `inputs:`: a list where there are choices, else a line of text. */
export const inputBoxes: InputPrompt = {
  async ask(question, signal) {
    const source = new vscode.CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await (question.input.choices ? pick(question, source.token) : enter(question, source.token));
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  },
};

async function pick({ input, request }: InputQuestion, token: vscode.CancellationToken): Promise<string | undefined> {
  const choices = input.choices ?? [];
  const first = choices.filter((choice) => choice === input.default);
  const items = [...first, ...choices.filter((choice) => choice !== input.default)];
  return vscode.window.showQuickPick(
    items,
    { title: request, placeHolder: labelOf(input), ignoreFocusOut: true },
    token,
  );
}

async function enter({ input, request }: InputQuestion, token: vscode.CancellationToken): Promise<string | undefined> {
  const options: vscode.InputBoxOptions = {
    title: request,
    prompt: labelOf(input),
    password: input.password,
    // Codes are looked up elsewhere, so the box must outlive a look at another window.
    ignoreFocusOut: true,
    ...(input.default === undefined ? {} : { value: input.default }),
  };
  return vscode.window.showInputBox(options, token);
}

function labelOf({ label, name }: InputQuestion['input']): string {
  return label ?? name;
}
