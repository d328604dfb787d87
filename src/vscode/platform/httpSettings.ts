import * as vscode from 'vscode';

/** Whether VS Code's user wants the authorities of the system to be trusted. */
export function usesSystemCertificates(): boolean {
  return vscode.workspace.getConfiguration('http').get<boolean>('systemCertificates', true);
}
