import { suggestedRequestName } from '../../curl/importCurl';
import type { ImportedAuth, ImportedCollection, ImportedField, ImportedRequest } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import type { ImportSource } from '../importSource';
import { Placeholders, type VariableNames } from '../placeholders';
import { readScript } from '../scripts';
import { httpAuth, type HttpAuthParts } from './httpAuth';
import { httpBlocks, type HttpBlock } from './httpBlocks';
import { httpBody } from './httpBody';
import { HttpReferences } from './httpReferences';

const methods =
  'GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK|UNLOCK|PURGE|QUERY|SEARCH|REPORT|LINK|UNLINK|GRAPHQL|WEBSOCKET|WS|SSE|GRPC|RSOCKET|MQTT|AMQP';
const requestLine = new RegExp(`^(?:(${methods})\\s+)?(\\S(?:.*\\S)?)$`, 'i');

/** Requests as JetBrains’ HTTP Client, REST Client and httpYac write them. */
export function isHttpFile({ fileName, text, tree }: ImportSource): boolean {
  if (/\.(?:http|rest)$/i.test(fileName)) return true;
  return tree === undefined && new RegExp(`^(?:${methods}) (?:https?://|\\{\\{|/)`, 'm').test(text.slice(0, 100_000));
}

export function readHttpFile(
  { fileName, text }: ImportSource,
  names: VariableNames,
  all: readonly ImportSource[],
): ImportedCollection {
  const { blocks, variables } = httpBlocks(text);
  const named = new Set(blocks.map(nameIn).filter((name) => name !== undefined));
  const references = new HttpReferences(named, names);
  const placeholders = new Placeholders(names, references.read);
  const own = variables.filter(([name, value]) => !references.takes(names.name(name), value));
  const notes: ImportNote[] = [];
  const auth = { placeholders, all, variables: new Map(variables) };
  const requests = blocks.flatMap((block) => requestOf(block, auth, notes));
  return {
    name: fileName.replace(/\.\w+$/, ''),
    // What others take out of a response is known once all are read.
    requests: requests.map((request) => {
      const captures = [...(request.captures ?? []), ...references.capturesOf(request.name)];
      return captures.length === 0 ? request : { ...request, captures };
    }),
    variables: own.map(([name, value]) => ({
      name: names.name(name),
      value: { kind: 'text', text: placeholders.text(value.replace(/^(["'])(.*)\1$/, '$2')) },
    })),
    environments: [],
    notes,
  };
}

function nameIn({ directives }: HttpBlock): string | undefined {
  return directives.find(([name, value]) => name === 'name' && value !== '')?.[1];
}

function requestOf(block: HttpBlock, parts: HttpAuthParts, common: ImportNote[]): readonly ImportedRequest[] {
  const [, word, target = ''] = requestLine.exec(block.requestLine ?? '') ?? [];
  if (block.requestLine === undefined) return [];
  const written = (word ?? 'GET').toUpperCase();
  const { placeholders } = parts;
  if (/^(?:GRPC|RSOCKET|MQTT|AMQP)$/.test(written) || /^curl$/i.test(target.split(' ')[0] ?? '')) {
    common.push(importNote('unsupported', { type: target.startsWith('curl') ? 'cURL' : written }));
    return [];
  }
  const notes: ImportNote[] = [];
  const isGraphql =
    written === 'GRAPHQL' ||
    block.headers.some(([name, value]) => /^x-request-type$/i.test(name) && /^graphql$/i.test(value));
  const method = written === 'GRAPHQL' ? 'POST' : written === 'WS' ? 'WEBSOCKET' : written === 'SSE' ? 'GET' : written;
  const { headers, auth, host } = headersOf(block, parts, notes);
  const url = placeholders.text(withHost(target.replace(/\s+HTTP\/[\d.]+$/i, ''), host));
  const type = headers.find(({ name }) => /^content-type$/i.test(name))?.value.toLowerCase() ?? '';
  const name =
    nameIn(block) ??
    (block.title === '' ? suggestedRequestName(method, url.replace(/\ufdd4[^\ufdd5]*\ufdd5/g, 'x/')) : block.title);
  const script = readScript(block.handlers.join('\n'), 'response');
  const status = script.status ?? assertedStatus(block.assertions);
  notes.push(...script.notes, ...directiveNotes(block));
  const about = [...(nameIn(block) !== undefined && block.title !== name ? [block.title] : []), ...block.comments];
  return [
    {
      ...{ name, folder: [], method, url, headers, auth, status, notes },
      description: about.join('\n').trim(),
      body: httpBody(block.body, type, isGraphql, placeholders, notes),
      captures: script.captures.map((capture) => ({ name: placeholders.name(capture.name), from: capture.from })),
      needs: block.directives.filter(([each]) => /^(?:force)?ref$/i.test(each)).map(([, value]) => value),
      redirects: block.directives.some(([each]) => each === 'no-redirect') ? 0 : undefined,
      cookies: block.directives.some(([each]) => each === 'no-cookie-jar') ? false : undefined,
      timeout: timeoutOf(block),
    },
  ];
}

interface HttpHeaders {
  readonly headers: readonly ImportedField[];
  readonly auth: ImportedAuth | undefined;
  readonly host: string | undefined;
}

function headersOf(
  { headers, requestLine: line = '' }: HttpBlock,
  parts: HttpAuthParts,
  notes: ImportNote[],
): HttpHeaders {
  const isRelative = /^(?:[A-Z]+\s+)?\//.test(line);
  const host = isRelative ? headers.find(([name]) => /^host$/i.test(name))?.[1] : undefined;
  const said = headers.find(([name]) => /^authorization$/i.test(name));
  const auth = said && httpAuth(said[1], parts, notes);
  const kept = headers.filter((header) => {
    const isOwn = /^x-request-type$/i.test(header[0]) || (host !== undefined && /^host$/i.test(header[0]));
    return !isOwn && (header !== said || auth === undefined);
  });
  const text = (value: string): string => parts.placeholders.text(value);
  return { auth, host, headers: kept.map(([name, value]) => ({ name: text(name), value: text(value) })) };
}

function withHost(target: string, host: string | undefined): string {
  if (host === undefined || !target.startsWith('/')) return target;
  return `${host.endsWith(':443') ? 'https' : 'http'}://${host}${target}`;
}

function assertedStatus(assertions: readonly string[]): number | undefined {
  const found = assertions.flatMap((each) => /^status\s*={2,3}\s*(\d{3})$/.exec(each)?.[1] ?? []);
  return found.length === 1 ? Number(found[0]) : undefined;
}

/** Directives that say nothing about what is sent. */
const harmless =
  /^(?:name|no-log|no-auto-encoding|note|title|description|no-redirect|no-cookie-jar|ref|forceref|timeout|connection-timeout|noresponseview|noresponselog|loop-?)$/i;

function directiveNotes({ directives, assertions, outputs, hasScriptBefore }: HttpBlock): readonly ImportNote[] {
  const others = assertions.filter((each) => !/^status\s*={2,3}\s*\d{3}$/.test(each));
  return [
    ...directives
      .filter(([name]) => !harmless.test(name))
      .map(([name]) => importNote('directive', { name: `@${name}` })),
    ...(others.length > 0 ? [importNote('scriptPartly', { when: '??' })] : []),
    ...outputs.map((name) => importNote('outputFile', { name: name.slice(0, 200) })),
    ...(hasScriptBefore ? [importNote('script', { when: 'before' })] : []),
  ];
}

/** Seconds, if there is no unit. */
function timeoutOf({ directives }: HttpBlock): number | undefined {
  const value = directives.find(([name]) => name === 'timeout')?.[1];
  const [, amount, unit = 's'] = /^(\d{1,9})\s*(ms|s|m)?$/.exec(value ?? '') ?? [];
  return amount === undefined ? undefined : Number(amount) * ({ ms: 1, s: 1000, m: 60_000 }[unit] ?? 1000);
}
