import { isLoopbackHost } from '../http/loopback';

/** The origins in what somebody typed: URLs with spaces or commas between them, each once. */
export function originList(text: string): { readonly origins: readonly string[]; readonly wrong: string | undefined } {
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  const wrong = words.find((word) => !isWebUrl(word));
  const origins = words.flatMap((word) => (isWebUrl(word) ? [new URL(word).origin] : []));
  return { origins: [...new Set(origins)], wrong };
}

/** The https URL, or http on this machine, that a text is or becomes with the scheme that people leave out. */
export function typedUrl(text: string): URL | undefined {
  const url = URL.parse(/^[a-z][a-z+.-]*:\/\//i.test(text) ? text : `https://${text}`);
  if (url?.username !== '' || url.password !== '' || text === '') return undefined;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname)) ? url : undefined;
}

function isWebUrl(word: string): boolean {
  return /^https?:\/\//i.test(word) && URL.canParse(word);
}
