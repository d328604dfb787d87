import { suggestedRequestName } from '../../curl/importCurl';
import { withoutMarks } from '../../curl/marks';
import type { JsonValue } from '../../json/jsonValue';
import type { ImportedBody, ImportedCollection, ImportedField, ImportedPart, ImportedRequest } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import type { ImportSource } from '../importSource';
import { itemsAt, member, textAt } from '../importTree';

/** What a browser or a proxy has recorded (HAR 1.2). */
export function isHar({ tree }: ImportSource): boolean {
  return member(tree, 'log', 'entries') !== undefined;
}

/** What a page is made of, which nobody wants to send by itself. */
const parts =
  /^(?:image|font|stylesheet|script|media|manifest|ping|preflight|websocket|other|texttrack|csp-violation-report)$/;

export function readHar({ tree, fileName }: ImportSource): ImportedCollection {
  const notes: ImportNote[] = [];
  const entries = itemsAt(tree, 'log', 'entries');
  const isPart = (entry: JsonValue): boolean => parts.test(textAt(entry, '_resourceType').toLowerCase());
  const wanted = entries.filter((entry) => !isPart(entry) && /^https?:/i.test(textAt(entry, 'request', 'url')));
  if (wanted.length < entries.length) notes.push(importNote('harParts', { count: entries.length - wanted.length }));
  const hosts = new Set(wanted.map(hostOf));
  return {
    name: fileName.replace(/\.\w+$/, ''),
    requests: wanted.map((entry) => harRequest(entry, hosts.size > 1 ? [hostOf(entry)] : [])),
    ...{ variables: [], environments: [], notes },
  };
}

function hostOf(entry: JsonValue): string {
  return URL.parse(textAt(entry, 'request', 'url'))?.host ?? 'requests';
}

function harRequest(entry: JsonValue, folder: readonly string[]): ImportedRequest {
  const request = member(entry, 'request');
  const notes: ImportNote[] = [];
  const url = withoutMarks(textAt(request, 'url'));
  const method = textAt(request, 'method') || 'GET';
  const headers = named(itemsAt(request, 'headers'));
  const body = harBody(member(request, 'postData'), notes);
  return { name: suggestedRequestName(method, url), folder, method, url, headers, body, notes };
}

function named(items: readonly JsonValue[]): readonly ImportedField[] {
  return items.map((item) => ({
    name: withoutMarks(textAt(item, 'name')),
    value: withoutMarks(textAt(item, 'value')),
  }));
}

function harBody(data: JsonValue | undefined, notes: ImportNote[]): ImportedBody | undefined {
  if (data === undefined) return undefined;
  const type = textAt(data, 'mimeType');
  const params = itemsAt(data, 'params');
  if (/^multipart\/form-data/i.test(type) && params.length > 0) {
    const all = params.map((item): ImportedPart => {
      const [field] = named([item]);
      const fileName = textAt(item, 'fileName');
      const content = fileName === '' ? { text: field?.value ?? '' } : { file: withoutMarks(fileName) };
      return { name: field?.name ?? '', content, type: textAt(item, 'contentType') || undefined };
    });
    return { kind: 'multipart', parts: all };
  }
  const text = textAt(data, 'text');
  if (text === '' && params.length > 0) return { kind: 'form', fields: named(params) };
  if (text === '') return undefined;
  if (textAt(data, 'encoding') === 'base64' || /[\0-\x08\x0e-\x1f]/.test(text)) {
    notes.push(importNote('binaryBody'));
    return undefined;
  }
  return { kind: 'text', text: withoutMarks(text), type };
}
