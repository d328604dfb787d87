/** As a browser shows a page that says nothing of its looks; links lead nowhere, but are still seen as such. */
export const pageStyle =
  'html { color-scheme: light; background: white; } a[title] { color: LinkText; text-decoration: underline; }';

/** Theme colors that Markdown is drawn with; the frame knows none of its parent's variables. */
const VARIABLES = [
  '--vscode-foreground',
  '--vscode-descriptionForeground',
  '--vscode-editor-background',
  '--vscode-textLink-foreground',
  '--vscode-editorWidget-background',
  '--vscode-panel-border',
  '--vscode-font-family',
  '--vscode-font-size',
  '--vscode-editor-font-family',
] as const;

/** Markdown in the colors of the editor. */
export function markdownStyle(element: Element): string {
  const computed = getComputedStyle(element);
  const variables = VARIABLES.map((name) => `${name}: ${computed.getPropertyValue(name)};`).join(' ');
  return `html { ${variables} }${RULES}`;
}

const RULES = `
body { margin: 0; padding: 12px 16px; font: var(--vscode-font-size, 13px)/1.5 var(--vscode-font-family);
  color: var(--vscode-foreground); background: var(--vscode-editor-background); overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { margin: 1.2em 0 0.5em; line-height: 1.25; font-weight: 600; }
h1 { font-size: 1.7em; margin-top: 0; padding-bottom: 0.3em; border-bottom: 1px solid var(--vscode-panel-border); }
h2 { font-size: 1.35em; } h3 { font-size: 1.15em; } h4, h5, h6 { font-size: 1em; }
p, ul, ol, pre, table, blockquote { margin: 0 0 0.8em; }
a { color: var(--vscode-textLink-foreground); text-decoration: none; }
code, pre { font-family: var(--vscode-editor-font-family, monospace); font-size: 0.95em; }
code { padding: 1px 4px; background: var(--vscode-editorWidget-background); border-radius: 3px; }
pre { padding: 8px 12px; overflow: auto; background: var(--vscode-editorWidget-background); border-radius: 4px; }
pre code { padding: 0; background: none; }
blockquote { padding: 0 12px; color: var(--vscode-descriptionForeground);
  border-left: 3px solid var(--vscode-textLink-foreground); }
table { border-collapse: collapse; }
th, td { padding: 4px 10px; text-align: left; border: 1px solid var(--vscode-panel-border); }
img { max-width: 100%; }
hr { border: 0; border-top: 1px solid var(--vscode-panel-border); }
`;
