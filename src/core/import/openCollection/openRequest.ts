import { isJsonArray, isJsonObject, type JsonValue } from '../../json/jsonValue';
import { enabled, encodedInQuery, fieldsOf } from '../fields';
import type { ImportedAuth, ImportedBody, ImportedPart, ImportedRequest, ImportedVariable } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { anyText, isFalseAt, isTrueAt, itemsAt, member, scalarText, textAt } from '../importTree';
import { oauthClient } from '../oauthClient';
import type { Placeholders } from '../placeholders';
import { pathVariables } from '../postman/postmanUrl';
import { readScript } from '../scripts';

/** What requests have from the folders that they are in. */
export interface OpenFolder {
  readonly path: readonly string[];
  readonly auth: ImportedAuth | undefined;
  readonly headers: readonly JsonValue[];
  readonly variables: readonly ImportedVariable[];
}

const keys = { name: 'name', value: 'value' };

/** `undefined` for kinds of requests that cannot be sent. */
export function openRequest(
  item: JsonValue | undefined,
  folder: OpenFolder,
  placeholders: Placeholders,
): ImportedRequest | undefined {
  const type = ['http', 'graphql', 'websocket'].find((each) => member(item, each) !== undefined);
  if (type === undefined) return undefined;
  const request = member(item, type);
  const notes: ImportNote[] = [];
  const params = itemsAt(request, 'params');
  const ofType = (wanted: string): readonly JsonValue[] => params.filter((each) => textAt(each, 'type') === wanted);
  const paths = new Map(ofType('path').map((each) => [textAt(each, 'name'), member(each, 'value')]));
  const written = textAt(request, 'url');
  const listed = ofType('query');
  // The URL repeats the parameters that are listed.
  const address = placeholders.text(listed.length > 0 ? (written.split('?')[0] ?? '') : written);
  const { url, variables } = pathVariables(address, /(?<=\/):([A-Za-z_][\w-]*)(?=[/?]|$)/g, paths, placeholders, notes);
  const query = fieldsOf(listed, keys, 'query', placeholders, notes);
  const tests = scriptTests(item, notes);
  const own = openVariables(itemsAt(item, 'runtime', 'variables'), placeholders, notes);
  return {
    ...{ name: textAt(item, 'info', 'name') || 'request', folder: folder.path, url },
    description: scalarText(member(item, 'docs')) ?? textAt(item, 'docs', 'content'),
    method: type === 'websocket' ? 'WEBSOCKET' : textAt(request, 'method') || (type === 'graphql' ? 'POST' : 'GET'),
    query: query.map(({ name, value }) => ({ name: encodedInQuery(name), value: encodedInQuery(value) })),
    headers: fieldsOf([...folder.headers, ...itemsAt(request, 'headers')], keys, 'headers', placeholders, notes),
    auth: openAuth(member(request, 'auth') ?? member(item, 'runtime', 'auth'), placeholders, notes) ?? folder.auth,
    body:
      type === 'websocket'
        ? socketMessage(request, placeholders)
        : openBody(type, member(request, 'body'), placeholders, notes),
    variables: [...folder.variables, ...own, ...variables],
    status: tests.status,
    captures: tests.captures.map(({ name, from }) => ({ name: placeholders.name(name), from })),
    redirects: isFalseAt(item, 'settings', 'followRedirects') ? 0 : undefined,
    timeout: Number(textAt(item, 'settings', 'timeout') || NaN) || undefined,
    notes,
  };
}

function scriptTests(
  item: JsonValue | undefined,
  notes: ImportNote[],
): Pick<ImportedRequest, 'status'> & {
  readonly captures: readonly { readonly name: string; readonly from: string }[];
} {
  const scripts = itemsAt(item, 'runtime', 'scripts');
  const isBefore = (each: JsonValue): boolean => textAt(each, 'type') === 'before-request';
  const after = scripts.filter((each) => !isBefore(each)).map((each) => textAt(each, 'code'));
  const read = readScript(after.join('\n'), 'after-response');
  notes.push(...read.notes);
  if (scripts.some((each) => isBefore(each) && textAt(each, 'code').trim() !== ''))
    notes.push(importNote('script', { when: 'before-request' }));
  const assertions = itemsAt(item, 'runtime', 'assertions');
  const isStatus = (each: JsonValue): boolean =>
    textAt(each, 'expression') === 'res.status' &&
    textAt(each, 'operator') === 'eq' &&
    /^[1-5]\d\d$/.test(textAt(each, 'value'));
  const [status] = assertions.filter(isStatus).map((each) => Number(textAt(each, 'value')));
  if (assertions.some((each) => !isStatus(each))) notes.push(importNote('scriptPartly', { when: 'assertions' }));
  return { status: status ?? read.status, captures: read.captures };
}

export function openVariables(
  items: readonly JsonValue[],
  placeholders: Placeholders,
  notes: ImportNote[],
): readonly ImportedVariable[] {
  return enabled(items, 'name', 'variables', notes).flatMap((item) => {
    const name = textAt(item, 'name');
    if (name === '') return [];
    const text = placeholders.text(valueText(member(item, 'value')));
    const isSecret = isTrueAt(item, 'secret') || undefined;
    return [{ name: placeholders.name(name), value: { kind: 'text', text }, isSecret }];
  });
}

/** A text, `{ type, data }`, or a list of variants of which one is selected. */
function valueText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (isJsonArray(value)) {
    const chosen = value.find((each) => isTrueAt(each, 'selected')) ?? value[0];
    return valueText(member(chosen, 'value'));
  }
  return isJsonObject(value) && value.has('data') ? anyText(value.get('data')) : anyText(value);
}

/** `undefined`: what the folder above says. */
export function openAuth(
  value: JsonValue | undefined,
  placeholders: Placeholders,
  notes: ImportNote[],
): ImportedAuth | undefined {
  const type = textAt(value, 'type');
  if (value === undefined || value === 'inherit' || type === 'inherit') return undefined;
  if (value === 'none' || type === 'none' || type === '') return { kind: 'none' };
  const text = (...path: readonly string[]): string =>
    placeholders.text(textAt(value, ...path) || textAt(value, type, ...path));
  switch (type) {
    case 'basic':
    case 'digest':
      return { kind: type, username: text('username'), password: text('password') };
    case 'bearer':
      return { kind: 'bearer', token: text('token') };
    case 'apikey':
      return {
        ...{ kind: 'apiKey', in: /query/i.test(text('placement')) ? 'query' : 'header' },
        ...{ name: text('key') || 'X-API-Key', value: text('value') },
      };
    case 'awsv4':
      return {
        ...{ kind: 'awsSigV4', region: text('region') || 'us-east-1', service: text('service') || 'execute-api' },
        ...{ accessKeyId: text('accessKeyId'), secretAccessKey: text('secretAccessKey') },
        sessionToken: text('sessionToken'),
      };
    case 'oauth2':
      return oauthClient(
        {
          name: '',
          grant: text('flow') === 'resource_owner_password_credentials' ? 'password' : text('flow'),
          ...{ authorizationUrl: text('authorizationUrl'), tokenUrl: text('accessTokenUrl') },
          ...{ clientId: text('credentials', 'clientId'), clientSecret: text('credentials', 'clientSecret') },
          clientAuth: text('credentials', 'placement') === 'body' ? 'post' : 'basic',
          ...{ scope: text('scope'), audience: text('audience'), resource: text('resource') },
          place: /query/i.test(text('tokenConfig', 'placement')) ? 'query' : undefined,
        },
        notes,
      );
    default:
      notes.push(importNote('auth', { type }));
      return { kind: 'none' };
  }
}

function socketMessage(request: JsonValue | undefined, placeholders: Placeholders): ImportedBody | undefined {
  const message = member(request, 'message');
  const chosen =
    message !== undefined && isJsonArray(message)
      ? member(message.find((each) => isTrueAt(each, 'selected')) ?? message[0], 'message')
      : message;
  const text = textAt(chosen, 'data');
  return text === '' ? undefined : { kind: 'text', text: placeholders.text(text) };
}

const types: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  sparql: 'application/sparql-query',
};

function openBody(
  kind: string,
  value: JsonValue | undefined,
  placeholders: Placeholders,
  notes: ImportNote[],
): ImportedBody | undefined {
  const body =
    value !== undefined && isJsonArray(value)
      ? member(value.find((each) => isTrueAt(each, 'selected')) ?? value[0], 'body')
      : value;
  const text = (...path: readonly string[]): string => placeholders.text(anyText(member(body, ...path)));
  const type = textAt(body, 'type');
  if (kind === 'graphql' || type === 'graphql') {
    const query = text('query') || text('data', 'query');
    return query === ''
      ? undefined
      : { kind: 'graphql', query, variables: text('variables') || text('data', 'variables') };
  }
  switch (type) {
    case 'form-urlencoded':
      return { kind: 'form', fields: fieldsOf(itemsAt(body, 'data'), keys, 'form', placeholders, notes) };
    case 'multipart-form':
      return {
        kind: 'multipart',
        parts: enabled(itemsAt(body, 'data'), 'name', 'multipart', notes).flatMap((item) =>
          openParts(item, placeholders),
        ),
      };
    case 'file': {
      const files = itemsAt(body, 'data');
      const chosen = files.find((each) => isTrueAt(each, 'selected')) ?? files[0];
      const path = placeholders.text(textAt(chosen, 'filePath'));
      if (path === '') notes.push(importNote('bodyFile'));
      return path === '' ? undefined : { kind: 'file', path, type: textAt(chosen, 'contentType') || undefined };
    }
    default: {
      const data = text('data');
      return data === '' ? undefined : { kind: 'text', text: data, type: types[type] };
    }
  }
}

function openParts(item: JsonValue, placeholders: Placeholders): readonly ImportedPart[] {
  const name = placeholders.text(textAt(item, 'name'));
  const type = textAt(item, 'contentType') || undefined;
  const value = member(item, 'value');
  if (textAt(item, 'type') !== 'file') return [{ name, content: { text: placeholders.text(anyText(value)) }, type }];
  const paths = value !== undefined && isJsonArray(value) ? value.map(anyText) : [anyText(value)];
  return paths
    .filter((path) => path !== '')
    .map((path) => ({ name, content: { file: placeholders.text(path) }, type }));
}
