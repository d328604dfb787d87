/** What the shell of a view depends on; all but the element comes from VS Code. */
export interface WebviewHtmlParts {
  /** The custom element that is the whole page. */
  readonly element: string;
  readonly scriptUri: string;
  /** `webview.cspSource`: where styles, fonts and images may come from. */
  readonly cspSource: string;
  /** At least 128 random bits, new for every page. */
  readonly nonce: string;
  /** BCP 47, for numbers and screen readers. */
  readonly language: string;
  readonly title: string;
  /** Whether its scripts start threads, which a page can from texts of its own only. */
  readonly hasWorkers: boolean;
}

/**
 * The shell of a view. It never holds data: everything arrives by message. The policy allows our one script and
 * styles and nothing else; above all no connections, so what is shown cannot be sent anywhere.
 */
export function webviewHtml(parts: WebviewHtmlParts): string {
  const { element, scriptUri, cspSource, nonce, language, title, hasWorkers } = parts;
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src data: blob:`,
    `media-src blob:`,
    ...(hasWorkers ? [`worker-src blob:`] : []),
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
<${element}></${element}>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>`;
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
