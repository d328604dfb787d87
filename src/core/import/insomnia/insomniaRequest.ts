import type { JsonValue } from '../../json/jsonValue';
import { readJson } from '../../json/readJson';
import { enabled, encodedInQuery } from '../fields';
import type { ImportedAuth, ImportedBody, ImportedField, ImportedPart, ImportedRequest } from '../importModel';
import { importNote, type ImportNote } from '../importNote';
import { anyText, itemsAt, member, textAt } from '../importTree';
import { oauthClient } from '../oauthClient';
import { pathVariables } from '../postman/postmanUrl';
import { readScript } from '../scripts';
import type { InsomniaTexts } from './insomniaTags';

/** What a request has from the folders that it is in. */
export interface InsomniaFolder {
  readonly path: readonly string[];
  readonly auth: ImportedAuth | undefined;
  readonly headers: readonly JsonValue[];
}

/** What versions 4 and 5 have in different places. */
export interface InsomniaParts {
  readonly id: string;
  readonly description: string;
  readonly scriptBefore: string;
  readonly scriptAfter: string;
  readonly followRedirects: string;
  readonly sendsCookies: boolean;
  readonly isSocket: boolean;
}

export function insomniaRequest(
  node: JsonValue,
  parts: InsomniaParts,
  folder: InsomniaFolder,
  texts: InsomniaTexts,
): ImportedRequest {
  const notes: ImportNote[] = [];
  const { placeholders } = texts;
  const values = new Map(itemsAt(node, 'pathParameters').map((each) => [textAt(each, 'name'), member(each, 'value')]));
  const written = texts.text(textAt(node, 'url'), notes);
  const { url, variables } = pathVariables(
    written,
    /(?<=\/):([A-Za-z_][\w-]*)(?=[/?]|$)/g,
    values,
    placeholders,
    notes,
  );
  const query = fields(itemsAt(node, 'parameters'), 'query', texts, notes);
  const script = readScript(parts.scriptAfter, 'after response');
  if (parts.scriptBefore.trim() !== '') notes.push(importNote('script', { when: 'pre-request' }));
  notes.push(...script.notes);
  return {
    ...{ name: textAt(node, 'name') || 'request', folder: folder.path, url, variables },
    description: parts.description,
    method: parts.isSocket ? 'WEBSOCKET' : textAt(node, 'method') || 'GET',
    query: query.map(({ name, value }) => ({ name: encodedInQuery(name), value: encodedInQuery(value) })),
    headers: fields([...folder.headers, ...itemsAt(node, 'headers')], 'headers', texts, notes),
    auth: insomniaAuth(member(node, 'authentication'), texts, notes) ?? folder.auth,
    body: insomniaBody(member(node, 'body'), texts, notes),
    status: script.status,
    captures: script.captures.map(({ name, from }) => ({ name: placeholders.name(name), from })),
    redirects: parts.followRedirects === 'off' ? 0 : undefined,
    cookies: parts.sendsCookies ? undefined : false,
    notes,
  };
}

function fields(
  items: readonly JsonValue[],
  what: string,
  texts: InsomniaTexts,
  notes: ImportNote[],
): readonly ImportedField[] {
  return enabled(items, 'name', what, notes).flatMap((item) => {
    const field = {
      name: texts.text(textAt(item, 'name'), notes),
      value: texts.text(anyText(member(item, 'value')), notes),
    };
    return field.name === '' ? [] : [field];
  });
}

/** `undefined`: what the folder above says. */
export function insomniaAuth(
  value: JsonValue | undefined,
  texts: InsomniaTexts,
  notes: ImportNote[],
): ImportedAuth | undefined {
  const type = textAt(value, 'type');
  if (type === '') return undefined;
  if (type === 'none' || member(value, 'disabled') === true) return { kind: 'none' };
  const text = (name: string): string => texts.text(textAt(value, name), notes);
  switch (type) {
    case 'basic':
    case 'digest':
      return { kind: type, username: text('username'), password: text('password') };
    case 'bearer':
    case 'singleToken': {
      const prefix = text('prefix').trim();
      if (prefix === '' || /^bearer$/i.test(prefix)) return { kind: 'bearer', token: text('token') };
      notes.push(importNote('auth', { type: `bearer (${prefix})` }));
      return { kind: 'none' };
    }
    case 'apikey':
      if (textAt(value, 'addTo') === 'cookie') {
        notes.push(importNote('auth', { type: 'apikey (cookie)' }));
        return { kind: 'none' };
      }
      return {
        ...{ kind: 'apiKey', in: textAt(value, 'addTo') === 'queryParams' ? 'query' : 'header' },
        ...{ name: text('key') || 'X-API-Key', value: text('value') },
      };
    case 'iam':
      return {
        ...{ kind: 'awsSigV4', region: text('region') || 'us-east-1', service: text('service') || 'execute-api' },
        ...{ accessKeyId: text('accessKeyId'), secretAccessKey: text('secretAccessKey') },
        sessionToken: text('sessionToken'),
      };
    case 'oauth2':
      if (textAt(value, 'accessToken') !== '') notes.push(importNote('savedToken'));
      return oauthClient(
        {
          ...{ name: '', grant: textAt(value, 'grantType'), authorizationUrl: text('authorizationUrl') },
          ...{ tokenUrl: text('accessTokenUrl'), clientId: text('clientId'), clientSecret: text('clientSecret') },
          clientAuth: member(value, 'credentialsInBody') === true ? 'post' : 'basic',
          ...{ scope: text('scope'), audience: text('audience'), resource: text('resource') },
        },
        notes,
      );
    default:
      notes.push(importNote('auth', { type }));
      return { kind: 'none' };
  }
}

function insomniaBody(
  value: JsonValue | undefined,
  texts: InsomniaTexts,
  notes: ImportNote[],
): ImportedBody | undefined {
  const type = textAt(value, 'mimeType');
  const essence = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const params = itemsAt(value, 'params');
  if (essence === 'application/x-www-form-urlencoded' && params.length > 0) {
    return { kind: 'form', fields: fields(params, 'form', texts, notes) };
  }
  if (essence === 'multipart/form-data') {
    const parts = enabled(params, 'name', 'multipart', notes).map((item): ImportedPart => {
      const name = texts.text(textAt(item, 'name'), notes);
      if (textAt(item, 'type') !== 'file')
        return { name, content: { text: texts.text(anyText(member(item, 'value')), notes) } };
      return { name, content: { file: texts.text(textAt(item, 'fileName'), notes) } };
    });
    return { kind: 'multipart', parts };
  }
  const file = textAt(value, 'fileName');
  if (file !== '') return { kind: 'file', path: texts.text(file, notes), type: type || undefined };
  const written = textAt(value, 'text');
  if (written === '') return undefined;
  return (
    (essence === 'application/graphql' ? graphql(written, texts, notes) : undefined) ?? {
      ...{ kind: 'text', text: texts.text(written, notes), type: type || undefined },
    }
  );
}

/** The query and its variables are JSON in a text. */
function graphql(written: string, texts: InsomniaTexts, notes: ImportNote[]): ImportedBody | undefined {
  const read = readJson(written);
  const query = read.ok ? textAt(read.value, 'query') : '';
  if (!read.ok || query === '') return undefined;
  return {
    ...{ kind: 'graphql', query: texts.text(query, notes) },
    variables: texts.text(anyText(member(read.value, 'variables')), notes),
    operationName: textAt(read.value, 'operationName'),
  };
}
