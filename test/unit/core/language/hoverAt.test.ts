import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hoverAt, type HoverSubject } from '../../../../src/core/language/hoverAt';
import type { Knowledge } from '../../../../src/core/language/languageFile';
import { atCursor } from '../../../helpers/cursor';
import { knownRows, languageFile, type LanguageOptions } from '../../../helpers/languageFiles';

const PROJECT = `connections:
  acme: { label: Acme, issuer: "\${login}", clientId: a, origins: ["\${api}"] }
  broken: { clientId: a }
environments:
  local: { api: http://localhost:8080, login: http://localhost:9000 }
variables: { pageSize: 50, token: "\${secret:token}", id: "\${uuid}", loop: "\${loop}", list: [{ id: 1 }] }
defaults: { baseUrl: "\${api}" }
`;
const known: Knowledge = {
  accounts: (connection) => (connection === 'acme' ? ['alice'] : []),
  rows: (path) =>
    ({ './rows.csv': knownRows({ sku: 'A-1', pageSize: '7' }), './cut.json': knownRows({ sku: 'A-1' }, false) })[path],
};
const options: LanguageOptions = { project: PROJECT, environment: 'local', known };

function described(about: HoverSubject | undefined): string {
  switch (about?.kind) {
    case undefined:
      return 'nothing';
    case 'key':
      return `key ${about.key} ${about.anchor}`;
    case 'value':
      return `value ${about.value}`;
    case 'variable':
      return `variable ${about.name} = ${String(about.shown?.value)} (${about.shown?.scope ?? 'unknown'})`;
    case 'field': {
      const { value, source } = about.field;
      const from = source && (source.kind === 'list' ? source.origin : source.path);
      return `field ${about.name} = ${String(value)} (${String(from)})`;
    }
    case 'source':
      return `source ${about.text}`;
    case 'capture':
      return `capture ${about.request}.${about.name} from ${String(about.from)}`;
    case 'url':
      return `url ${String(about.method)} ${String(about.url)}`;
    case 'connection':
      return `connection ${about.label} ${String(about.issuer)} → ${about.origins.join()} as ${about.accounts.join()}${about.isFaulty ? ' faulty' : ''}`;
    case 'request':
      return `request ${about.name} ${String(about.method)} ${String(about.url)}: ${String(about.description)}`;
  }
}

const table: readonly (readonly [marked: string, about: string, place?: string])[] = [
  ['requ‸ests: {}', 'key requests request.requests', 'requests'],
  ['requests:\n  a:\n    ge‸t: /x', 'key get request.requests.get', 'get'],
  ['requests:\n  a:\n    expect: { sta‸tus: 200 }', 'key status request.requests.expect.status', 'status'],
  [
    'requests:\n  a:\n    expect: { body: { $.a: { atL‸east: 2 } } }',
    'key atLeast request.requests.expect.body.atLeast',
  ],
  ['requests:\n  a:\n    json: { ge‸t: 1 }', 'nothing'],
  ['requests:\n  a:\n    auth: { hmac: { value: "${sign‸ature|base64}" } }', 'source signature'],
  ['requests:\n  a:\n    messages: [{ ba‸se64: aGk }]', 'key base64 request.requests.messages.base64', 'base64'],
  ['requests:\n  a:\n    multipart: { x: { fi‸le: ./a } }', 'key file request.requests.multipart.file', 'file'],
  ['requests:\n  a: # ge‸t', 'nothing'],
  ['requests:\n  a:\n    auth: no‸ne', 'value none', 'none'],
  [
    'requests:\n  a:\n    auth: ac‸me',
    'connection Acme http://localhost:9000 → http://localhost:8080 as alice',
    'acme',
  ],
  [
    'requests:\n  a:\n    auth: { connection: "ac‸me" }',
    'connection Acme http://localhost:9000 → http://localhost:8080 as alice',
  ],
  ['requests:\n  a:\n    auth: bro‸ken', 'connection broken undefined →  as  faulty'],
  ['requests:\n  a:\n    auth: strang‸er', 'nothing'],
  ['requests:\n  a:\n    get: /o‸rders', 'url GET http://localhost:8080/orders', '/orders'],
  ['requests:\n  a:\n    get: /o‸rders\n    query: { n: "${pageSize}" }', 'url GET http://localhost:8080/orders?n=50'],
  ['requests:\n  a:\n    get: /o‸rders\n    query: { n: "${id}" }', 'url GET undefined'],
  ['requests:\n  a:\n    get: /o‸rders\n    query: { n: "${token}" }', 'url GET undefined'],
  ['requests:\n  a:\n    get: /${page‸Size}', 'variable pageSize = 50 (project)', '${pageSize}'],
  ['requests:\n  a:\n    get: /${ap‸i}', 'variable api = http://localhost:8080 (environment)'],
  ['variables: { api: here }\nrequests:\n  a:\n    get: /${ap‸i}', 'variable api = here (file)'],
  ['requests:\n  a:\n    variables: { api: own }\n    get: /${ap‸i}', 'variable api = own (request)'],
  ['requests:\n  a:\n    get: /${tok‸en}', 'variable token = undefined (project)'],
  ['requests:\n  a:\n    get: /${i‸d}', 'variable id = undefined (project)'],
  ['requests:\n  a:\n    get: /${loo‸p}', 'variable loop = undefined (project)'],
  ['requests:\n  a:\n    get: /${noth‸ing}', 'variable nothing = undefined (unknown)'],
  ['requests:\n  a:\n    get: /${uu‸id}', 'source uuid'],
  ['requests:\n  a:\n    get: /${now:+‸1h}', 'source now:+1h'],
  ['requests:\n  a:\n    get: /${secret:n‸ame}', 'source secret:name'],
  ['requests:\n  a:\n    get: /${pageSize|ur‸l}', 'source |url', 'url'],
  ['requests:\n  a:\n    get: /${b.i‸d}\n  b: { get: /, capture: { id: "$.x" } }', 'capture b.id from $.x'],
  ['requests:\n  a:\n    get: /${b.n‸o}\n  b: { get: / }', 'capture b.no from undefined'],
  ['requests:\n  a:\n    description: ${page‸Size}', 'nothing'],
  [
    'requests:\n  ‸a:\n    description: All of them\n    get: /orders',
    'request a GET http://localhost:8080/orders: All of them',
    'a',
  ],
  ['requests:\n  ‸a:\n    get: /orders/${uuid}', 'request a GET /orders/${uuid}: undefined'],
  ['requests:\n  a:\n    forEach: ./rows.csv\n    get: /${sk‸u}', 'field sku = A-1 (./rows.csv)', '${sku}'],
  ['requests:\n  a:\n    forEach: ./rows.csv\n    get: /${page‸Size}', 'field pageSize = 7 (./rows.csv)'],
  ['requests:\n  a:\n    forEach: ./rows.csv\n    get: /${ap‸i}', 'variable api = http://localhost:8080 (environment)'],
  ['requests:\n  a:\n    forEach: ./rows.csv\n    get: /${othe‸r}', 'variable other = undefined (unknown)'],
  ['requests:\n  a:\n    forEach: ./cut.json\n    get: /${othe‸r}', 'field other = undefined (undefined)'],
  ['requests:\n  a:\n    forEach: ./new.csv\n    get: /${othe‸r}', 'field other = undefined (undefined)'],
  ['requests:\n  a:\n    forEach: "./${api}.csv"\n    get: /${page‸Size}', 'variable pageSize = 50 (project)'],
  ['requests:\n  a:\n    forEach: ./rows.csv\n    skip: ${sk‸u}\n    get: /', 'variable sku = undefined (unknown)'],
  ['requests:\n  a:\n    forEach: ./rows.csv\n    variables:\n      sk‸u: 1', 'variable sku = 1 (request)'],
  [
    'requests:\n  a:\n    forEach: [{ id: "${pageSize}" }, { sku: "${token}" }]\n    get: /${i‸d}',
    'field id = 50 (requestFile)',
  ],
  [
    'requests:\n  a:\n    forEach: [{ id: 1 }, { sku: "${token}" }]\n    get: /${sk‸u}',
    'field sku = undefined (requestFile)',
  ],
  ['requests:\n  a:\n    forEach: [x, y]\n    get: /${ite‸m}', 'field item = x (requestFile)'],
  ['requests:\n  a:\n    forEach: ${list}\n    get: /${i‸d}', 'field id = 1 (projectFile)'],
  ['requests:\n  a:\n    forEach: ${loop}\n    get: /${othe‸r}', 'field other = undefined (undefined)'],
  ['variables:\n  si‸ze: "${pageSize}"', 'variable size = 50 (file)', 'size'],
  ['‸', 'nothing'],
];

describe('what is told about a place', () => {
  for (const [marked, about, place] of table) {
    it(JSON.stringify(marked), () => {
      for (const written of [marked, marked.replaceAll('\n', '\r\n')]) {
        const { text, offset } = atCursor(written);
        const info = hoverAt(languageFile(text, options), offset);
        assert.equal(described(info?.about), about);
        if (place !== undefined && info) assert.equal(text.slice(info.range.start, info.range.end), place);
      }
    });
  }

  it('of a field it is where its name is written first', () => {
    const { text, offset } = atCursor(
      'variables: { row: { "due date": 1 } }\nrequests:\n  a:\n    forEach: ["${row}", { due date: 2 }]\n    get: /${due d‸ate}',
    );
    const about = hoverAt(languageFile(text, options), offset)?.about;
    const source = about?.kind === 'field' ? about.field.source : undefined;
    assert.ok(source?.kind === 'list');
    assert.equal(text.slice(source.range.start, source.range.end), '"due date"');
  });

  it('in a project file it is the connection itself', () => {
    const { text, offset } = atCursor(PROJECT.replace('acme:', 'ac‸me:'));
    const info = hoverAt(languageFile(text, { kind: 'project', environment: 'local', known }), offset);
    assert.match(described(info?.about), /^connection Acme http:\/\/localhost:9000/);
  });
});
