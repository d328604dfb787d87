import * as vscode from 'vscode';

/** Renders Markdown as VS Code's own preview does. `undefined` where its extension is switched off. */
export async function renderMarkdown(text: string): Promise<string | undefined> {
  try {
    const html: unknown = await vscode.commands.executeCommand('markdown.api.render', text);
    return typeof html === 'string' ? html : undefined;
  } catch {
    return undefined;
  }
}
