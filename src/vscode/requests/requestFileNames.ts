import type * as vscode from 'vscode';

/** Documents that are request files: `*.http.yaml` and `*.http.yml`. */
export const requestFileSelector: vscode.DocumentSelector = [
  { pattern: '**/*.http.yaml' },
  { pattern: '**/*.http.yml' },
];

/** Request files and project files. */
export const languageSelector: vscode.DocumentSelector = [
  { pattern: '**/*.http.yaml' },
  { pattern: '**/*.http.yml' },
  { pattern: '**/latchkey.yaml' },
  { pattern: '**/latchkey.local.yaml' },
];

/** Whether a file is a request file, by its name. */
export function isRequestFile(uri: vscode.Uri): boolean {
  return /\.http\.ya?ml$/.test(uri.path);
}

/** Whether a file is a project file or its local overrides. */
export function isProjectFile(uri: vscode.Uri): boolean {
  return /\/latchkey(\.local)?\.yaml$/.test(uri.path);
}

/** Whether a file holds the settings that `${env:NAME}` takes, by its name. */
export function isEnvFile(uri: vscode.Uri): boolean {
  return uri.path.endsWith('/.env');
}
