import { hash } from 'node:crypto';
import { html, Markup } from './html';
import { styles } from './styles';

const key = new Markup(`<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" \
stroke-linecap="round" stroke-linejoin="round"><circle cx="8" cy="15.5" r="4.5"/><path d="m11.3 12.2 8.2-8.2M16 7.5l3 3"/></svg>`);

const icon = `data:image/svg+xml,${encodeURIComponent(
  key.text.replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"').replace('currentColor', '#5b7cf0'),
)}`;

// In one piece: the policy allows this text and no other, white space included.
const styleElement = new Markup(`<style>${styles}</style>`);
const styleSource = `'sha256-${hash('sha256', styles, 'base64')}'`;

/** A whole page in the playground's look. */
export function layout(title: string, content: Markup): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Latchkey playground</title>
        <link rel="icon" href="${icon}" />
        ${styleElement}
      </head>
      <body>
        <main>
          <div class="brand">
            ${key}
            <div>Latchkey <span>playground</span></div>
          </div>
          ${content}
        </main>
        <footer>This is the Latchkey playground running on your machine. Nothing leaves it.</footer>
      </body>
    </html> `.text;
}

/** Headers of every page. `formAction` is the list of places a form's submission may lead to, redirects included. */
export function pageHeaders(formAction: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      `default-src 'none'; style-src ${styleSource}; img-src data:; form-action ${formAction}; ` +
      `base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    // Not `no-referrer`: that would make the browser send `Origin: null` with our own forms, and we check it.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
}
