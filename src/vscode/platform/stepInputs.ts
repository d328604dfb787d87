import * as vscode from 'vscode';
import type { StepPlace } from './steps';

/** What the user gave, or how they left. */
export type Given<T> = { readonly kind: 'given'; readonly value: T } | { readonly kind: 'back' | 'cancelled' };

export interface TextQuestion {
  readonly title: string;
  readonly prompt: string;
  readonly placeholder: string;
  readonly value?: string | undefined;
  /** What was wrong with the value; gone as soon as it is changed. */
  readonly problem?: string | undefined;
  /** Takes the text, or says what is wrong with it; the box stays open then. It may take a while. */
  readonly accept: (text: string, signal: AbortSignal) => Promise<string | undefined>;
}

/** Asks for a text until it is accepted, the user goes back, or gives up. */
export function askForText(question: TextQuestion, place: StepPlace): Promise<Given<string>> {
  const box = prepare(vscode.window.createInputBox(), question.title, place);
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value ?? '';
  box.validationMessage = question.problem;
  let checking = new AbortController();
  box.onDidChangeValue(() => {
    checking.abort();
    box.busy = false;
    box.validationMessage = undefined;
  });
  return answer<string>(box, async (give) => {
    checking.abort();
    checking = new AbortController();
    const { signal } = checking;
    const text = box.value.trim();
    box.busy = true;
    const problem = await question.accept(text, signal);
    if (signal.aborted) return;
    box.busy = false;
    if (problem === undefined) give(text);
    else box.validationMessage = problem;
  }).finally(() => checking.abort());
}

export interface ChoiceQuestion<I extends vscode.QuickPickItem> {
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly I[];
  /** Chosen beforehand; present: any number may be chosen. */
  readonly selected?: readonly I[] | undefined;
}

/** Asks for one of several things, or for any number of them. */
export function askForChoice<I extends vscode.QuickPickItem>(
  question: ChoiceQuestion<I>,
  place: StepPlace,
): Promise<Given<readonly I[]>> {
  const pick = prepare(vscode.window.createQuickPick<I>(), question.title, place);
  pick.placeholder = question.placeholder;
  pick.canSelectMany = question.selected !== undefined;
  pick.matchOnDescription = true;
  pick.items = question.items;
  if (question.selected) pick.selectedItems = question.selected;
  return answer(pick, (give) => give(pick.selectedItems));
}

type Input = vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>;

function prepare<T extends Input>(input: T, title: string, { number, total, canGoBack }: StepPlace): T {
  input.title = title;
  // One question alone is no step of anything.
  input.step = total > 1 ? number : undefined;
  input.totalSteps = total > 1 ? total : undefined;
  input.ignoreFocusOut = true;
  input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return input;
}

function answer<T>(
  input: Pick<Input, 'show' | 'hide' | 'dispose' | 'onDidAccept' | 'onDidHide' | 'onDidTriggerButton'>,
  onAccept: (give: (value: T) => void) => unknown,
): Promise<Given<T>> {
  return new Promise<Given<T>>((resolve) => {
    const leave = (given: Given<T>): void => {
      resolve(given);
      input.hide();
    };
    input.onDidAccept(() => onAccept((value) => leave({ kind: 'given', value })));
    input.onDidTriggerButton((button) => {
      if (button === vscode.QuickInputButtons.Back) leave({ kind: 'back' });
    });
    input.onDidHide(() => {
      resolve({ kind: 'cancelled' });
      input.dispose();
    });
    input.show();
  });
}
