import * as vscode from 'vscode';
import { extensionId, walkthroughId } from '../ids';

/**
 * Opens the walkthrough. On a profile's first day VS Code 1.105 shows one of its own where the page is the first to ask
 * for walkthroughs, so something asks before. It ignores the choice while a Welcome page is open in the group
 * (microsoft/vscode#271542); closing that helps.
 */
export async function openWalkthrough(): Promise<void> {
  const walkthrough = `${extensionId}#${walkthroughId}`;
  // Fails, because there is no such step.
  await vscode.commands
    .executeCommand('welcome.markStepIncomplete', `${walkthrough}#none`)
    .then(undefined, () => undefined);
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', walkthrough, false);
}
