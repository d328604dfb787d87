import type { ResponseBody, ResponseSummary } from '../http/exchange';
import type { JsonValue } from '../json/jsonValue';
import { readJsonInSlices, type ReadJson } from '../json/readJson';
import { classifyBody } from '../response/classify';
import type { XmlDocument } from '../xml/xmlNode';

/** Bytes of a body that is looked into; a bigger one can be measured and hashed only. */
export const MAX_EXAMINED_BYTES = 32 * 1024 * 1024;
const SMALL = 256 * 1024;
const HEAD_BYTES = 1024;
const HASHED_AT_ONCE = 1024 * 1024;

/** Content in the form that is asked for, or in a few words why there is none. */
export type Content<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: string };

/** A response in the forms in which expectations and captures look at it, each made once and when it is needed. */
export class ResponseContent {
  readonly response: ResponseSummary;
  readonly #pause: () => Promise<void>;
  #text: Promise<Content<string>> | undefined;
  #json: Promise<Content<JsonValue>> | undefined;
  #xml: Promise<Content<XmlDocument>> | undefined;

  /** @param pause gives the event loop a turn. */
  constructor(response: ResponseSummary, pause: () => Promise<void>) {
    this.response = response;
    this.#pause = pause;
  }

  /** Gives the event loop a turn where one look at the body takes its time. */
  async breathe(): Promise<void> {
    if (this.response.body.size > SMALL) await this.#pause();
  }

  /** All values of a header, in order. */
  header(name: string): readonly string[] {
    const wanted = name.toLowerCase();
    return this.response.headers.filter(([own]) => own.toLowerCase() === wanted).map(([, value]) => value);
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

  /** SHA-256 of the body's bytes, in lower-case hexadecimal. */
  async sha256(): Promise<string> {
    const { sha256 } = await import('@noble/hashes/sha2.js');
    const { body } = this.response;
    const hash = sha256.create();
    for (let at = 0; at < body.size; at += HASHED_AT_ONCE) {
      if (at > 0) await this.#pause();
      hash.update(await body.read(at, at + HASHED_AT_ONCE));
    }
    return Array.from(hash.digest(), (byte) => byte.toString(16).padStart(2, '0')).join('');
  }

  async #readText(): Promise<Content<string>> {
    const { body } = this.response;
    if (body.size > MAX_EXAMINED_BYTES) {
      return { ok: false, problem: `a body of ${body.size} bytes, too big to be looked into` };
    }
    const bytes = await readWhole(body);
    const kind = classifyBody(this.header('content-type')[0], bytes.subarray(0, HEAD_BYTES), body.size);
    const charset = kind.kind === 'text' ? kind.charset : 'utf-8';
    return { ok: true, value: new TextDecoder(charset).decode(bytes) };
  }

  async #readJson(): Promise<Content<JsonValue>> {
    const text = await this.text();
    if (!text.ok) return text;
    const { stream } = this.response;
    if (stream) return (await import('../stream/streamValues')).streamValues(stream.kind, text.value, this.#pause);
    const json = await readJsonInSlices(text.value, this.#pause);
    return json.ok ? json : { ok: false, problem: this.#notJson(text.value, json) };
  }

  #notJson(text: string, { offset }: ReadJson & { readonly ok: false }): string {
    if (text.trim() === '') return 'no body';
    const language = this.#language(text);
    if (language !== undefined) return `${language}, not JSON`;
    const before = text.slice(0, offset);
    return `no valid JSON: line ${before.split('\n').length}, column ${offset - before.lastIndexOf('\n')}`;
  }

  async #readXml(): Promise<Content<XmlDocument>> {
    const text = await this.text();
    if (!text.ok) return text;
    if (text.value.trim() === '') return { ok: false, problem: 'no body' };
    const { readXml } = await import('../xml/readXml');
    const xml = await readXml(text.value, this.#pause);
    if (xml.ok) return xml;
    return { ok: false, problem: this.#language(text.value) === 'HTML' ? 'HTML, not XML' : xml.problem };
  }

  /** What a text is that is not what was looked for. */
  #language(text: string): string | undefined {
    const start = text.slice(0, HEAD_BYTES).trimStart();
    if (/^<(?:!doctype html|html|head|body)\b/i.test(start)) return 'HTML';
    return start.startsWith('<') ? 'XML' : undefined;
  }
}

/** In pieces, because a body on disk gives what it has at hand. */
async function readWhole(body: ResponseBody): Promise<Uint8Array> {
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
