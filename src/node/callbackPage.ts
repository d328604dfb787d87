import { createHash } from 'node:crypto';

const style = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--page:#f6f8fa;--card:#fff;--line:#d1d9e0;--mark:#0a7d4b}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9198a1;--page:#0d1117;--card:#151b23;--line:#3d444d;--mark:#3fb950}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;background:var(--page);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:26rem;padding:2.5rem 2rem;text-align:center;background:var(--card);border:1px solid var(--line);border-radius:12px}
svg{width:3rem;height:3rem;color:var(--mark)}
h1{margin:.75rem 0 .5rem;font-size:1.25rem;font-weight:600}
p{margin:0;color:var(--soft)}
`;

/** Takes the code out of the address bar and the history (OAuth 2.1 §2.3.6). */
const script = `history.replaceState(null,"",location.pathname)`;

/** What the browser shows after the redirect. Constant: nothing of the request is in it. */
export const callbackPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer"><title>Latchkey</title><style>${style}</style><script>${script}</script></head>
<body><main>
<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><circle cx="8" cy="15" r="4.5"/><path d="m11.3 11.7 8.2-8.2M16 7l3 3"/></svg>
<h1>Back to the editor</h1>
<p>You can close this tab and return to the editor.</p>
</main></body></html>
`;

/** Headers of every answer of the listener: nothing is stored, nothing is loaded, nothing else may frame it. */
export const callbackHeaders: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': `default-src 'none'; style-src '${sourceHash(style)}'; script-src '${sourceHash(script)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  Connection: 'close',
};

function sourceHash(source: string): string {
  return `sha256-${createHash('sha256').update(source).digest('base64')}`;
}
