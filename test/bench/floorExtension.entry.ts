import * as vscode from 'vscode';

/** Bytes that are shown of a large body, as they are. */
const shownBytes = 32 * 1024;
/** A body up to this size is laid out. */
const laidOutBytes = 2_000_000;

/** A few lines that keep one webview and show the beginning of a body: a bound for what VS Code itself costs. */
export function activate(context: vscode.ExtensionContext): void {
  let panel: vscode.WebviewPanel | undefined;
  let last: Buffer | undefined;
  const show = (text: string): void => {
    if (!panel) {
      panel = vscode.window.createWebviewPanel('floor', 'Floor', vscode.ViewColumn.Beside, { enableScripts: true });
      panel.webview.html =
        '<pre></pre><script>onmessage = (e) => (document.body.firstChild.textContent = e.data)</script>';
    }
    void panel.webview.postMessage(text);
  };
  const send = async (url: string): Promise<number> => {
    const { body, headers } = await fetch(url);
    const isLarge = Number(headers.get('content-length')) > laidOutBytes;
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of body ?? []) {
      const before = bytes;
      pieces.push(piece);
      bytes += piece.length;
      if (isLarge && before < shownBytes && bytes >= shownBytes) show(textOf(pieces).slice(0, shownBytes));
    }
    last = Buffer.concat(pieces);
    if (!isLarge) show(JSON.stringify(JSON.parse(last.toString()), undefined, 2).slice(0, shownBytes));
    return last.length;
  };
  context.subscriptions.push(vscode.commands.registerCommand('floor.send', send));
}

function textOf(pieces: readonly Uint8Array[]): string {
  return Buffer.concat(pieces).toString();
}
