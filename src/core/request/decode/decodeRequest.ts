import { methodKeys, requestKeys } from '../format/requestKeys';
import type { Diagnostic } from '../diagnostic';
import type { CaptureEntry, ExpectEntry } from '../expectModel';
import { noFlow } from '../flow';
import type { Body, RequestEntry, Variables } from '../model';
import { isName } from '../names';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { Template } from '../value';
import { entryRange, type YamlEntry, type YamlMap, type YamlNode } from '../yaml/yamlNode';
import { decodeBody, type BodyKey } from './decodeBody';
import { decodeCaptures } from './decodeCapture';
import { decodeExpect } from './decodeExpect';
import { decodeFlow, isFlowKey, type FlowDraft } from './decodeFlow';
import { decodeKeys, wrongKind } from './decodeKeys';
import { decodeMessages } from './decodeMessages';
import { decodeSetting, emptySettings, isSettingKey, type SettingsDraft } from './decodeSettings';
import { decodeTemplate, decodeText, decodeTexts, plainText } from './decodeValue';
import { decodeVariables, type OriginOf } from './decodeVariables';

/** A request before its place among the others and its syntax errors are known. */
export type DecodedRequest = Omit<RequestEntry, 'extent'>;

interface Draft {
  readonly name: string;
  title: string | undefined;
  description: string | undefined;
  tags: readonly string[];
  target: { readonly key: string; readonly entry: YamlEntry } | undefined;
  method: YamlEntry | undefined;
  messages: YamlEntry | undefined;
  url: Template | undefined;
  body: Body | undefined;
  bodyKey: string;
  variables: Variables;
  expect: ExpectEntry | undefined;
  captures: readonly CaptureEntry[];
  readonly settings: SettingsDraft;
  readonly flow: FlowDraft;
}

/** One entry of `requests:`. Its own `faults` are those found here; the reader adds errors of the YAML beneath. */
export function decodeRequest(entry: YamlEntry, origin: OriginOf, reporter: Reporter): DecodedRequest {
  const before = reporter.mark;
  if (!isName(entry.key)) reporter.error('request.badName', entry.keyRange, { name: shorten(entry.key) });
  const draft: Draft = {
    name: shorten(entry.key),
    title: undefined,
    description: undefined,
    tags: [],
    target: undefined,
    method: undefined,
    messages: undefined,
    url: undefined,
    body: undefined,
    bodyKey: '',
    variables: new Map(),
    expect: undefined,
    captures: [],
    settings: emptySettings(),
    flow: { ...noFlow },
  };
  const { value } = entry;
  if (value.kind === 'map') decodeMap(value, draft, origin, reporter);
  else if (value.kind !== 'null') wrongKind(entry, 'a map', `${firstLine(value)} below the name, indented`, reporter);
  const method = decodeMethod(draft, entry, reporter);
  const socket = decodeSocket(draft, reporter);
  return { ...finish(entry, draft, method, reporter.errorsSince(before)), socket };
}

function finish(
  entry: YamlEntry,
  draft: Draft,
  method: string | undefined,
  faults: readonly Diagnostic[],
): Omit<DecodedRequest, 'socket'> {
  const { title, description, tags, url, settings, body, variables, expect, captures, flow } = draft;
  return {
    name: entry.key,
    nameRange: entry.keyRange,
    range: entryRange(entry),
    title: title ?? entry.key,
    description,
    tags,
    method,
    url,
    settings,
    body,
    variables,
    expect,
    captures,
    flow,
    faults,
  };
}

function decodeMap(map: YamlMap, draft: Draft, origin: OriginOf, reporter: Reporter): void {
  decodeKeys(map, requestKeys, 'a request', reporter, (key, entry) => {
    if (isSettingKey(key)) {
      decodeSetting(key, entry, draft.settings, reporter);
      return;
    }
    if (isFlowKey(key)) {
      decodeFlow(key, entry, draft.flow, reporter);
      return;
    }
    switch (key) {
      case 'get':
      case 'post':
      case 'put':
      case 'patch':
      case 'delete':
      case 'head':
      case 'options':
      case 'trace':
      case 'url':
      case 'websocket':
        takeUrl(key, entry, draft, reporter);
        return;
      case 'method':
        draft.method = entry;
        return;
      case 'messages':
        draft.messages = entry;
        return;
      case 'name':
        draft.title = decodeText(entry, reporter, 'name: List of orders');
        return;
      case 'description':
        draft.description = decodeText(entry, reporter, 'description: Orders, newest first');
        return;
      case 'tags':
        draft.tags = decodeTexts(entry, reporter, 'tags: [orders, smoke]');
        return;
      case 'json':
      case 'form':
      case 'text':
      case 'xml':
      case 'graphql':
      case 'file':
      case 'multipart':
        takeBody(key, entry, draft, reporter);
        return;
      case 'expect':
        draft.expect = decodeExpect(entry, reporter);
        return;
      case 'capture':
        draft.captures = decodeCaptures(entry, reporter);
        return;
      case 'variables':
        draft.variables = decodeVariables(entry, origin, reporter);
    }
  });
}

function takeUrl(key: string, entry: YamlEntry, draft: Draft, reporter: Reporter): void {
  if (draft.target) {
    reporter.error('request.twoMethods', entry.keyRange, { key, other: draft.target.key });
    return;
  }
  draft.target = { key, entry };
  if (entry.value.kind === 'null') reporter.error('request.missingUrl', entry.keyRange, { request: draft.name, key });
  else draft.url = decodeTemplate(entry, reporter, `${key}: /path`);
}

/** What stands in the place of a request, as its first line. */
function firstLine(value: YamlNode): string {
  const text = value.kind === 'text' ? shorten(value.text) : '';
  const [, method, url] = /^(get|post|put|patch|delete|head|options|trace):(\S+)$/.exec(text) ?? [];
  // A colon is one only before a space.
  if (method !== undefined && url !== undefined) return `${method}: ${url} with a space after the colon,`;
  return /^(?:https?:\/)?\/\S*$/.test(text) ? `get: ${text}` : 'get: /path';
}

const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;

function decodeMethod(draft: Draft, entry: YamlEntry, reporter: Reporter): string | undefined {
  const shortcut = draft.target && draft.target.key !== 'url' ? draft.target.key : undefined;
  if (shortcut !== undefined) {
    if (!draft.method) return shortcut.toUpperCase();
    reporter.error('request.twoMethods', draft.method.keyRange, { key: 'method', other: shortcut });
    return undefined;
  }
  const request = draft.name;
  if (!draft.method) {
    // What is no map at all has been reported as that.
    if (entry.value.kind !== 'map' && entry.value.kind !== 'null') return undefined;
    const code = draft.target ? 'request.urlAlone' : 'request.missingMethod';
    reporter.error(code, entry.keyRange, { request });
    return undefined;
  }
  if (!draft.target) reporter.error('request.missingUrl', draft.method.keyRange, { request, key: 'url' });
  return readMethod(draft.method, reporter);
}

/** What is sent over the socket, where the request opens one. */
function decodeSocket({ target, messages, body, bodyKey }: Draft, reporter: Reporter): DecodedRequest['socket'] {
  if (target?.key !== 'websocket') {
    if (messages) reporter.error('request.messagesAlone', messages.keyRange);
    return undefined;
  }
  if (body) reporter.error('request.socketBody', body.range, { key: bodyKey });
  return { messages: messages ? decodeMessages(messages, reporter) : [] };
}

function readMethod(entry: YamlEntry, reporter: Reporter): string | undefined {
  const method = plainText(entry.value) ?? '';
  const upper = method.toUpperCase();
  // CONNECT asks a proxy for a tunnel; it is not a request to a server.
  if (!METHOD.test(method) || upper === 'CONNECT') {
    const range = entry.value.kind === 'null' ? entry.keyRange : entry.value.range;
    reporter.error('request.badMethod', range, { method: shorten(method) });
    return undefined;
  }
  return Object.hasOwn(methodKeys, upper.toLowerCase()) ? upper : method;
}

function takeBody(key: BodyKey, entry: YamlEntry, draft: Draft, reporter: Reporter): void {
  if (draft.body) {
    reporter.error('request.twoBodies', entry.keyRange, { key, other: draft.bodyKey });
    return;
  }
  draft.bodyKey = key;
  draft.body = decodeBody(key, entry, reporter);
}
