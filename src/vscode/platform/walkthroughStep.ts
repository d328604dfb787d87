import * as vscode from 'vscode';
import { extensionId, walkthroughId } from '../ids';

const ticked = new Set<string>();

/**
 * Ticks a step of the walkthrough, also while it is not open. VS Code's own completion events miss what happened before
 * its first page was opened, and commands that lenses and webviews call.
 */
export function tickWalkthroughStep(step: string): void {
  if (ticked.has(step)) return;
  ticked.add(step);
  const id = `${extensionId}#${walkthroughId}#${step}`;
  // It keeps the tick first, and then complains where it has not read the walkthroughs yet.
  vscode.commands.executeCommand('welcome.markStepComplete', id).then(undefined, () => undefined);
}
