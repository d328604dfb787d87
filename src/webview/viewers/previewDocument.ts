/** Elements that load, run or send something, or that take the page elsewhere. */
const FORBIDDEN = 'script, base, meta, link, iframe, frame, frameset, object, embed, applet, portal, template';
const FORM_PARTS = 'input, button, select, textarea';

/** What names something elsewhere, or is a script. */
const ADDRESSES = new Set([
  ...['href', 'xlink:href', 'src', 'srcset', 'srcdoc', 'data', 'action', 'formaction', 'poster', 'background', 'ping'],
  ...['cite', 'longdesc', 'manifest', 'codebase', 'archive', 'classid', 'dynsrc', 'lowsrc', 'imagesrcset', 'nonce'],
]);
const LINKS = new Set(['a', 'area']);
const PICTURE = /^data:image\/(?:png|jpeg|gif|webp|avif|bmp|svg\+xml)[;,]/i;

export interface PreviewLook {
  /** Lets our style sheets, and those of the page that were looked at here, through the policy of this page. */
  readonly nonce: string;
  /** Style sheet of ours, before those of the page. */
  readonly style: string;
}

/**
 * Makes a document from the HTML of a server for a frame without scripts, forms and navigation. That frame and its
 * policy are what keeps it from doing anything; what it could only try in vain is taken out before, so that nothing of
 * it is seen. Styles stay: they get the nonce that the page's policy asks for.
 */
export function previewDocument(source: string, { nonce, style }: PreviewLook): string {
  // A document of its own: nothing in it runs or loads.
  const page = new DOMParser().parseFromString(source, 'text/html');
  for (const element of page.querySelectorAll(FORBIDDEN)) element.remove();
  // There are no scripts.
  for (const element of page.querySelectorAll('noscript')) element.replaceWith(...element.childNodes);
  const inline: string[] = [];
  for (const element of page.querySelectorAll('*')) {
    disarm(element);
    const own = element.getAttribute('style');
    if (own !== null) {
      element.removeAttribute('style');
      element.setAttribute('data-inline', String(inline.length));
      // As strong as a style attribute is: more than any other selector of the page.
      inline.push(`[data-inline="${inline.length}"]:not(#\\9#\\9#\\9) { ${own} }`);
    }
  }
  for (const element of page.querySelectorAll(FORM_PARTS)) {
    element.setAttribute('disabled', '');
    element.removeAttribute('autofocus');
  }
  const sheets = [...page.querySelectorAll('style')].map((element) => element.textContent);
  for (const element of page.querySelectorAll('style')) element.remove();
  const policy = `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'`;
  const sheet = (text: string): string => `<style nonce="${nonce}">${harmlessStyle(text)}</style>`;
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">${[
    style,
    ...sheets,
    ...inline,
  ]
    .map(sheet)
    .join('')}</head>${page.body.outerHTML}</html>`;
}

/** A style sheet that ends where it should, and asks for nothing from elsewhere. */
function harmlessStyle(text: string): string {
  return text
    .replaceAll('</', '<\\/')
    .replace(/@import\b/gi, '@none')
    .replace(/url\(\s*(?!["']?(?:data:|#))/gi, 'none(');
}

function disarm(element: Element): void {
  for (const { name, value } of [...element.attributes]) {
    const lower = name.toLowerCase();
    if (lower.startsWith('on')) element.removeAttribute(name);
    else if (ADDRESSES.has(lower) && !isHarmless(element, lower, value)) {
      element.removeAttribute(name);
      // Where a link would have led can be read.
      if (lower === 'href' && !element.hasAttribute('title')) element.setAttribute('title', value);
    }
  }
}

/** A part of the same page that is drawn in several places, or a picture that is part of it. */
function isHarmless(element: Element, name: string, value: string): boolean {
  // A link within the page would lead to the page around it, which the frame may not show.
  if (name.endsWith('href') && value.startsWith('#')) return !LINKS.has(element.localName);
  return name === 'src' && element.localName === 'img' && PICTURE.test(value);
}
