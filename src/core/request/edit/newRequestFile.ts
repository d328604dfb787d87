import type { TextRange } from '../diagnostic';

export interface NewFile {
  readonly text: string;
  /** The URL of its one request. */
  readonly url: TextRange;
}

/** A request file to begin with. Where there is a base URL, its request goes to a path below it. */
export function newRequestFile(hasBaseUrl: boolean): NewFile {
  const head = 'requests:\n  first:\n    get: ';
  const url = hasBaseUrl ? '/' : 'https://api.example.com/';
  return { text: `${head}${url}\n`, url: { start: head.length, end: head.length + url.length } };
}
