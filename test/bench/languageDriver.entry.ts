import * as fs from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { readyMade, registerFloor } from './languageFloor';
import {
  floorFile,
  languageFile,
  languageResultVariable,
  type LanguageFigures,
  type LanguageResult,
} from './languageResult';

const edits = 40;
const keys = 40;
/** Ten keys in a bit more than half a second: a quick typist. */
const keyMs = 60;

/** Runs in the extension host of a window with the benchmark file in its folder. */
export async function run(): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('There is no folder.');
  await vscode.extensions.getExtension('latchkey.latchkey')?.activate();
  const uri = vscode.Uri.joinPath(folder.uri, languageFile);
  const ours = await measure(uri);
  const opened = await vscode.workspace.openTextDocument(uri);
  const ready = await readyMade(opened, keyPlace(opened));
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  const floor = registerFloor(floorFile, ready);
  const result: LanguageResult = { ours, floor: await measure(vscode.Uri.joinPath(folder.uri, floorFile)) };
  floor.dispose();
  fs.writeFileSync(String(process.env[languageResultVariable]), JSON.stringify(result));
}

async function measure(uri: vscode.Uri): Promise<LanguageFigures> {
  const opened = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(opened);
  const shown = performance.now();
  await diagnosticsOf(opened, 1);
  const figures = {
    first: [performance.now() - shown],
    diagnostics: [] as number[],
    lenses: [] as number[],
    completion: [] as number[],
    symbols: [] as number[],
    links: [] as number[],
    tokens: [] as number[],
    stalls: [] as number[],
  };
  for (let round = 0; round < edits; round++) {
    // A key that is unknown with the character and known without it, so that there is something to be seen.
    const isWrong = await toggle(editor, round);
    const began = performance.now();
    await diagnosticsOf(opened, isWrong ? 2 : 1);
    figures.diagnostics.push(performance.now() - began);
    await toggle(editor, round);
    const asked = performance.now();
    await vscode.commands.executeCommand('vscode.executeCodeLensProvider', opened.uri);
    figures.lenses.push(performance.now() - asked);
    await diagnosticsOf(opened, isWrong ? 1 : 2);
  }
  for (let round = 0; round < edits; round++) {
    const { document, ask } = await afterToggle(editor, round);
    figures.completion.push(await ask('vscode.executeCompletionItemProvider', keyPlace(document)));
    figures.symbols.push(await (await afterToggle(editor, round)).ask('vscode.executeDocumentSymbolProvider'));
    figures.links.push(await (await afterToggle(editor, round)).ask('vscode.executeLinkProvider'));
    figures.tokens.push(await (await afterToggle(editor, round)).ask('vscode.provideDocumentSemanticTokens'));
  }
  figures.stalls.push(...(await stallsWhileTyping(editor)));
  // The toggles have been as many as leave the text as it was, or have one more to go.
  if (opened.getText().includes('\n    expectx:')) await toggle(editor, 0);
  return figures;
}

/** Behind a key in the middle of the file. */
function keyPlace(document: vscode.TextDocument): vscode.Position {
  const text = document.getText();
  return document.positionAt(text.indexOf('\n    expect', text.length / 2) + 7);
}

interface Asked {
  readonly document: vscode.TextDocument;
  /** Milliseconds until the answer. */
  readonly ask: (command: string, ...args: readonly unknown[]) => Promise<number>;
}

/** Edits; what is asked next is asked of a text that nobody has read yet. */
async function afterToggle(editor: vscode.TextEditor, round: number): Promise<Asked> {
  await toggle(editor, round);
  const { document } = editor;
  return {
    document,
    ask: async (command, ...args) => {
      const asked = performance.now();
      await vscode.commands.executeCommand(command, document.uri, ...args);
      return performance.now() - asked;
    },
  };
}

/** Puts a character into a key in the middle of the file, or takes it out. */
async function toggle({ document }: vscode.TextEditor, round: number): Promise<boolean> {
  const text = document.getText();
  const wrong = text.indexOf('\n    expectx:');
  const at = text.indexOf('\n    expect:', Math.floor((text.length * (1 + (round % 7))) / 9)) + '\n    expect'.length;
  const place = document.positionAt(wrong >= 0 ? wrong + '\n    expect'.length : at);
  const edit = new vscode.WorkspaceEdit();
  if (wrong >= 0) edit.delete(document.uri, new vscode.Range(place, place.translate(0, 1)));
  else edit.insert(document.uri, place, 'x');
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('The edit was refused.');
  return wrong < 0;
}

/** Waits until there are so many. VS Code tells of diagnostics 50 ms later, so they are looked at instead. */
async function diagnosticsOf({ uri }: vscode.TextDocument, count: number): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (vscode.languages.getDiagnostics(uri).length !== count) {
    if (performance.now() > deadline) throw new Error(`There are no ${count} diagnostics.`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** For each key the longest time during which nothing else could run in the extension host. */
async function stallsWhileTyping(editor: vscode.TextEditor): Promise<readonly number[]> {
  const stalls: number[] = [];
  let longest = 0;
  let last = performance.now();
  const ticker = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  for (let key = 0; key < keys; key++) {
    longest = 0;
    await toggle(editor, key);
    await delay(keyMs);
    stalls.push(longest);
  }
  clearInterval(ticker);
  return stalls;
}
