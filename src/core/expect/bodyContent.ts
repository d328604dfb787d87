import type { ResponseBody } from '../http/exchange';
import type { JsonValue } from '../json/jsonValue';
import { readJsonInSlices, type ReadJson } from '../json/readJson';
import { classifyBody } from '../response/classify';
import type { StreamKind } from '../stream/streamKind';
import type { XmlDocument } from '../xml/xmlNode';

/** Bytes of a body that is looked into; a bigger one can be measured and hashed only. */
export const MAX_EXAMINED_BYTES = 64 * 1024 * 1024;
const HEAD_BYTES = 1024;

/** Content in the form that is asked for, or in a few words why there is none. */
export type Content<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

export interface BodyContentOptions {
  readonly body: Pick<ResponseBody, 'size' | 'read'>;
  /** The Content-Type header as received. */
  readonly contentType: string | undefined;
  /** What the body is a stream of. */
  readonly stream: StreamKind | undefined;
  /** Gives the event loop a turn. */
  readonly pause: () => Promise<void>;
}

/** A body in the forms in which expectations and captures look at it, each made once and when it is needed. */
export class BodyContent {
  readonly #options: BodyContentOptions;
  #text: Promise<Content<string>> | undefined;
  #json: Promise<Content<JsonValue>> | undefined;
  #xml: Promise<Content<XmlDocument>> | undefined;

  constructor(options: BodyContentOptions) {
    this.#options = options;
  }

  text(): Promise<Content<string>> {
    this.#text ??= this.#readText();
    return this.#text;
  }

  json(): Promise<Content<JsonValue>> {
    this.#json ??= this.#readJson();
    return this.#json;
  }

  xml(): Promise<Content<XmlDocument>> {
    this.#xml ??= this.#readXml();
    return this.#xml;
  }

  async #readText(): Promise<Content<string>> {
    const { body, contentType } = this.#options;
    if (body.size > MAX_EXAMINED_BYTES) {
      return { ok: false, problem: `a body of ${body.size} bytes, too big to be looked into` };
    }
    const bytes = await readWhole(body);
    const kind = classifyBody(contentType, bytes.subarray(0, HEAD_BYTES), body.size);
    const charset = kind.kind === 'text' ? kind.charset : 'utf-8';
    return { ok: true, value: new TextDecoder(charset).decode(bytes) };
  }

  async #readJson(): Promise<Content<JsonValue>> {
    const text = await this.text();
    if (!text.ok) return text;
    const { stream, pause } = this.#options;
    if (stream) return (await import('../stream/streamValues')).streamValues(stream, text.value, pause);
    const json = await readJsonInSlices(text.value, pause);
    return json.ok ? json : { ok: false, problem: notJson(text.value, json) };
  }

  async #readXml(): Promise<Content<XmlDocument>> {
    const text = await this.text();
    if (!text.ok) return text;
    if (text.value.trim() === '') return { ok: false, problem: 'no body' };
    const { readXml } = await import('../xml/readXml');
    const xml = await readXml(text.value, this.#options.pause);
    if (xml.ok) return xml;
    return {
      ok: false,
      problem: languageOf(text.value) === 'HTML' ? 'HTML, not XML' : `no valid XML: ${xml.problem} in line ${xml.line}`,
    };
  }
}

function notJson(text: string, { offset }: ReadJson & { readonly ok: false }): string {
  if (text.trim() === '') return 'no body';
  const language = languageOf(text);
  if (language !== undefined) return `${language}, not JSON`;
  const before = text.slice(0, offset);
  return `no valid JSON: line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
}

/** What a text is that is not what was looked for. */
function languageOf(text: string): string | undefined {
  const start = text.slice(0, HEAD_BYTES).trimStart();
  if (/^<(?:!doctype html|html|head|body)\b/i.test(start)) return 'HTML';
  return start.startsWith('<') ? 'XML' : undefined;
}

/** In pieces, because a body on disk gives what it has at hand. */
export async function readWhole(body: Pick<ResponseBody, 'size' | 'read'>): Promise<Uint8Array> {
  const first = await body.read(0, body.size);
  if (first.length === body.size) return first;
  const bytes = new Uint8Array(body.size);
  bytes.set(first);
  for (let at = first.length; at < body.size;) {
    const piece = await body.read(at, body.size);
    if (piece.length === 0) return bytes.subarray(0, at);
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
