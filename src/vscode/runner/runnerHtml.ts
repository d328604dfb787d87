/** What the shell of the runner depends on; all of it comes from VS Code. */
export interface RunnerHtmlParts {
  readonly scriptUri: string;
  /** `webview.cspSource`: where styles, fonts and images may come from. */
  readonly cspSource: string;
  /** At least 128 random bits, new for every page. */
  readonly nonce: string;
  /** BCP 47, for numbers and screen readers. */
  readonly language: string;
  readonly title: string;
}

/**
 * The shell of the runner. It never holds data: everything arrives by message. The policy allows our one script and
 * styles and nothing else; above all no connections, so what is shown cannot be sent anywhere.
 */
export function runnerHtml(parts: RunnerHtmlParts): string {
  const { scriptUri, cspSource, nonce, language, title } = parts;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
</head>
<body>
<latchkey-runner></latchkey-runner>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
