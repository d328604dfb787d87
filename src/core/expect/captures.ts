import type { Exchange } from '../http/exchange';
import { parseHttpUrl } from '../http/httpUrl';
import { isJsonArray, JsonNumber, type JsonValue } from '../json/jsonValue';
import { readJsonInSlices } from '../json/readJson';
import type { CaptureEntry, CaptureSource } from '../request/expectModel';
import { rawOf, textOf, type Resolved } from '../request/resolve/resolved';
import { shorten } from '../request/shorten';
import { Secret } from '../secret';
import { cookieValue } from './cookieValue';
import type { Content } from './bodyContent';
import { askedPlace, type AskedPlace } from './bodyQuestion';
import type { ExaminedBody } from './examinedBody';
import { headerValues } from './headerValues';
import { MAX_LEVELS, toResolvedInSlices, type TextOf } from './jsonResolved';
import { isSecretValue } from './showJson';

/** A value that was taken out of a response, ready to be put into other requests. */
export interface CapturedValue {
  readonly value: Resolved;
  /** Origin of the server that sent it: where a secret may go back to unasked. `undefined`: not known. */
  readonly origin: string | undefined;
}

export type CaptureResult =
  | { readonly name: string; readonly from: string; readonly ok: true; readonly captured: CapturedValue }
  /** `problem`: in a few words, without a secret. */
  | { readonly name: string; readonly from: string; readonly ok: false; readonly problem: string };

/** Takes the values out of a response. `body` is `undefined` when there was none: then nothing is found. */
export async function evaluateCaptures(
  captures: readonly CaptureEntry[],
  exchange: Exchange,
  body: ExaminedBody | undefined,
  pause: () => Promise<void>,
): Promise<readonly CaptureResult[]> {
  const origin = originOf(exchange);
  const results: CaptureResult[] = [];
  for (const capture of captures) {
    const { name, source } = capture;
    const from = describeSource(source);
    const found = body ? await capturedFrom(source, exchange, body, pause) : NO_RESPONSE;
    const value = found.ok ? await toValue(capture, found.value, pause) : undefined;
    if (value) results.push({ name, from, ok: true, captured: { value, origin } });
    else results.push({ name, from, ok: false, problem: found.ok ? TOO_DEEP : found.problem });
  }
  return results;
}

const NO_RESPONSE: Content<Found> = { ok: false, problem: 'no response' };
const NOTHING: Content<Found> = { ok: false, problem: 'nothing there' };
const TOO_DEEP = `a value of more than ${MAX_LEVELS} levels, too deep to be kept`;

interface Found {
  readonly value: JsonValue;
  /** The name the value has in the response, which may speak of a secret. */
  readonly name: string | undefined;
}

function originOf({ hops, request }: Exchange): string | undefined {
  const url = hops.at(-1)?.request.url ?? request.url;
  try {
    return parseHttpUrl(url.replace(/^ws/, 'http')).origin;
  } catch {
    return undefined;
  }
}

async function capturedFrom(
  source: CaptureSource,
  exchange: Exchange,
  body: ExaminedBody,
  pause: () => Promise<void>,
): Promise<Content<Found>> {
  const { outcome } = exchange;
  if (outcome.kind !== 'response') return NO_RESPONSE;
  switch (source.kind) {
    case 'status':
      return found(new JsonNumber(String(outcome.response.status)), undefined);
    case 'url':
      return found(exchange.hops.at(-1)?.request.url ?? exchange.request.url, undefined);
    case 'header': {
      const values = headerValues(outcome.response.headers, source.name);
      return several(values, source.name);
    }
    case 'cookie':
      return cookie(source.name, exchange);
    case 'regex':
      return foundInBody(source, body, pause);
    case 'text':
    case 'jsonPath':
    case 'xpath':
      return foundInBody(askedPlace(source), body, pause);
  }
}

async function foundInBody(place: AskedPlace, body: ExaminedBody, pause: () => Promise<void>): Promise<Content<Found>> {
  const answer = await body.ask({ kind: 'find', place });
  if (answer.kind === 'problem') return { ok: false, problem: answer.problem };
  if (answer.kind !== 'found' || !answer.found) return NOTHING;
  const { value: text, isText, name, isList } = answer.found;
  if (isText) return found(text, name);
  const json = await readJsonInSlices(text, pause);
  if (!json.ok) return NOTHING;
  return isList && isJsonArray(json.value) ? several(json.value, name) : found(json.value, name);
}

function found(value: JsonValue, name: string | undefined): Content<Found> {
  return { ok: true, value: { value, name } };
}

/** One value as itself, several as a list. */
function several(values: readonly JsonValue[], name: string | undefined): Content<Found> {
  const [only] = values;
  if (only === undefined) return NOTHING;
  return found(values.length === 1 ? only : values, name);
}

/** The last response of the exchange that set the cookie counts. */
function cookie(name: string, { hops }: Exchange): Content<Found> {
  for (const { headers } of hops.toReversed()) {
    const value = cookieValue(name, headers);
    // A cookie is who somebody is, more often than not.
    if (value !== undefined) return found(value, 'cookie');
  }
  return NOTHING;
}

/** Secret is what the file says, else what looks like it. `undefined`: it has too many levels. */
async function toValue(
  { name, source, secret }: CaptureEntry,
  { value, name: nameThere }: Found,
  pause: () => Promise<void>,
): Promise<Resolved | undefined> {
  if (secret === false) return toResolvedInSlices(value, undefined, (text) => textOf(text), pause);
  if (secret === true) {
    const made = await toResolvedInSlices(value, undefined, secretLeaf, pause);
    return made && allSecret(made);
  }
  const leaf: TextOf = (text, own) => {
    const isSecret = isSecretValue(own ?? nameThere, text) || isSecretValue(name, text);
    return textOf(isSecret ? new Secret(text) : text);
  };
  const whole = source.kind === 'text' && typeof value === 'string';
  return whole ? textOf(value) : toResolvedInSlices(value, nameThere, leaf, pause);
}

const secretLeaf: TextOf = (text) => textOf(new Secret(text));

/** Numbers too: a PIN is one. */
function allSecret(value: Resolved): Resolved {
  switch (value.kind) {
    case 'text':
      return value;
    case 'raw':
      return typeof value.json === 'string' ? rawOf(new Secret(value.json)) : value;
    case 'list':
      return { ...value, items: value.items.map(allSecret) };
    case 'map':
      return { ...value, entries: value.entries.map((entry) => ({ ...entry, value: allSecret(entry.value) })) };
  }
}

function describeSource(source: CaptureSource): string {
  switch (source.kind) {
    case 'text':
      return 'body';
    case 'jsonPath':
    case 'xpath':
      return shorten(source.path);
    case 'header':
    case 'cookie':
      return `${source.kind}:${shorten(source.name)}`;
    case 'regex':
      return `regex:${shorten(source.pattern)}`;
    case 'status':
    case 'url':
      return source.kind;
  }
}
