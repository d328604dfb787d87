import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkRequestFile } from '../../../../src/core/request/checkRequestFile';
import type { KnownRows } from '../../../../src/core/request/knownRows';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { summary } from '../../../helpers/requestFiles';

const project = `connections:
  acme: { issuer: https://login.example, origins: ["\${api}"] }
  fixed: { issuer: https://login.example, origins: [https://fixed.example] }
environments:
  local: { api: http://localhost:8080 }
  production: { api: https://api.example }
variables: { size: 50 }
defaults: { baseUrl: "\${api}", auth: acme }
`;

function check(text: string, environment?: string): readonly string[] {
  return summary(text, checkRequestFile(parseRequestFile(text), parseProjectFile(project), environment));
}

function checkAlone(text: string): readonly string[] {
  return summary(text, checkRequestFile(parseRequestFile(text), undefined, undefined));
}

describe('what the editor shows', () => {
  it('nothing when all is well', () => {
    assert.deepEqual(check('requests:\n  a: { get: /x, query: { s: "${size}" } }', 'local'), []);
  });

  it('information only while no environment is chosen', () => {
    assert.deepEqual(
      check('requests:\n  a: { get: /x }\n  b: { get: "https://x.example/${api}", auth: none, baseUrl: null }'),
      ['info variable.needsEnvironment «a»', 'info variable.needsEnvironment «${api}»'],
    );
  });

  it('no origin that the server may name to whoever signs in', () => {
    const salesforce = parseProjectFile(
      'connections:\n  crm: { preset: salesforce, issuer: https://login.salesforce.com, clientId: me }',
    );
    const text =
      'auth: crm\nrequests:\n  a: { get: https://acme.my.salesforce.com/x }\n  b: { get: https://acme.example/x }';
    const found = checkRequestFile(parseRequestFile(text), salesforce, undefined);
    assert.deepEqual(summary(text, found), ['error request.originNotAllowed «https://acme.example/x»']);
  });

  it('unknown variables, in all requests', () => {
    const text = 'requests:\n  a: { get: "/${x}" }\n  b: { get: "/${sise}" }';
    assert.deepEqual(check(text, 'local'), ['error variable.unknownHere «${x}»', 'error variable.unknown «${sise}»']);
  });

  it('unknown variables in variables that nobody uses', () => {
    const text = 'variables: { a: "${x}" }\nrequests:\n  r: { get: /, variables: { b: "${y}" } }';
    assert.deepEqual(check(text, 'local'), ['error variable.unknownHere «${x}»', 'error variable.unknownHere «${y}»']);
  });

  it('not a name that requests define for a variable of the file', () => {
    const text = 'variables: { a: "${x}" }\nrequests:\n  r: { get: "/${a}", variables: { x: 1 } }';
    assert.deepEqual(check(text, 'local'), []);
  });

  it('not what the rows of a request may bring, there and in the variables of the file', () => {
    const text =
      'variables: { path: "/orders/${item}" }\n' +
      'requests:\n  a: { forEach: ./rows.csv, get: "${path}?s=${sku}", auth: { connection: acme } }\n  b: { get: "/${sku}" }';
    assert.deepEqual(check(text, 'local'), ['error variable.unknownHere «${sku}»']);
  });

  it('unknown names in what tells when, how often and for what a request is sent', () => {
    const flow = (lines: string): readonly string[] => check(`requests:\n  a: { get: "/", ${lines} }`, 'local');
    for (const lines of ['forEach: "${x}"', 'forEach: ["${x}"]', 'forEach: "./${x}.csv"', 'skip: "${x}"']) {
      assert.deepEqual(flow(lines), ['error variable.unknownHere «${x}»'], lines);
    }
    assert.deepEqual(flow('retry: { times: 1, until: { body: { $.a: "${x}" } } }'), [
      'error variable.unknownHere «${x}»',
    ]);
    assert.deepEqual(flow('forEach: ["${item}"]'), ['error variable.unknownHere «${item}»']);
    assert.deepEqual(flow('forEach: [1], retry: { times: 1, until: { body: { $.a: "${item}" } } }'), []);
  });

  it('what the rows of a file that was looked into do not bring', () => {
    const rows = (isComplete: boolean): KnownRows => {
      const field = { value: undefined, place: undefined };
      return { ok: true, fields: new Map([['sku', field]]), isComplete };
    };
    const text =
      'variables: { limit: 1 }\nrequests:\n' +
      '  a: { forEach: ./rows.csv, get: "/${sku}?l=${limit}&s=${skuu}&i=${item}" }\n' +
      '  b: { forEach: "./${limit}.csv", get: "/${skuu}" }\n  c: { get: "/${sku}" }';
    const found = (known: KnownRows | undefined): readonly string[] => {
      const rowsOf = (path: string): KnownRows | undefined => (path === './rows.csv' ? known : undefined);
      return summary(text, checkRequestFile(parseRequestFile(text), parseProjectFile(project), 'local', rowsOf));
    };
    const nowhere = 'error variable.unknownHere «${sku}»';
    assert.deepEqual(found(rows(true)), [
      'error variable.unknown «${skuu}»',
      'error variable.unknownHere «${item}»',
      nowhere,
    ]);
    for (const unsure of [rows(false), undefined]) assert.deepEqual(found(unsure), [nowhere]);
    assert.deepEqual(found({ ok: false, code: 'rows.badHeader', data: {} }), [nowhere]);
  });

  it('the same request anew when its rows are others', () => {
    const text = 'requests:\n  a: { forEach: ./rows.csv, get: "https://a.example/${sku}", auth: none }';
    const file = parseRequestFile(text);
    const found = (...names: readonly string[]): readonly string[] => {
      const fields = new Map(names.map((name) => [name, { value: undefined, place: undefined }]));
      const known: KnownRows = { ok: true, fields, isComplete: true };
      return summary(
        text,
        checkRequestFile(file, undefined, undefined, () => known),
      );
    };
    assert.deepEqual(found('sku'), []);
    assert.deepEqual(found('price'), ['error variable.unknownHere «${sku}»']);
    assert.deepEqual(found('sku'), []);
  });

  it('what forEach and skip cannot take, where the files tell', () => {
    const text = 'requests:\n  a: { get: "/", forEach: "${size}" }\n  b: { get: "/", skip: "${size}" }';
    assert.deepEqual(check(text, 'local'), ['error run.notAList «"${size}"»', 'error run.skipNotBoolean «"${size}"»']);
  });

  it('names that no item has, where the file lists them', () => {
    const text =
      'variables: { rows: [{ sku: A-1 }, { sku: B-2, note: x }] }\n' +
      'requests:\n  a: { forEach: "${rows}", get: "/${sku}?n=${note}&i=${item}&s=${skuu}" }\n' +
      '  b: { forEach: [1, 2], get: "/${item}?s=${sku}" }';
    assert.deepEqual(check(text, 'local'), [
      'error variable.unknownHere «${item}»',
      'error variable.unknown «${skuu}»',
      'error variable.unknownHere «${sku}»',
    ]);
  });

  it('no mistake twice that the parse has found', () => {
    const bodies = [
      '$.a: { atMost: x }',
      '$.a: { oneOf: 1 }',
      '$.a: { matches: "(" }',
      '$.a: { length: { atMost: x } }',
    ];
    const expects = [...bodies.map((body) => `body: { ${body} }`), 'time: { atMost: 8 }', 'size: { atMost: 5mb }'];
    for (const expect of expects) {
      const text = `variables: { a.b: 1 }\nrequests:\n  a: { get: /, form: { a: { b: 1 } }, expect: { ${expect} } }`;
      assert.ok(parseRequestFile(text).diagnostics.length >= 3, expect);
      assert.deepEqual(check(text, 'local'), [], expect);
    }
  });

  it('an inline schema that no body can be held to', () => {
    const schemas: readonly (readonly [schema: string, found: boolean])[] = [
      ['{ type: object, properties: { type: { type: string } } }', false],
      ['{ type: obj }', true],
      ['{ properties: { a: { pattern: "(" } } }', true],
      ['{ $ref: "https://example.com/a.json" }', true],
      ['{ $ref: ./a.json }', false],
      ['{ $id: "https://example.com/a", $ref: "https://example.com/a#/$defs/x", $defs: { x: {} } }', false],
      ['{ type: "${kind}" }', true],
    ];
    for (const [schema, found] of schemas) {
      for (const flow of [`expect: { schema: ${schema} }`, `retry: { times: 1, until: { schema: ${schema} } }`]) {
        const text = `variables: { kind: obj }\nrequests:\n  a: { get: /, ${flow} }`;
        assert.deepEqual(check(text, 'local'), found ? [`error expect.badSchema «${schema}»`] : [], schema);
      }
    }
  });

  it('no path that leads up, as long as nobody knows from where; but one that leads nowhere good', () => {
    const check = (path: string): readonly string[] =>
      checkAlone(
        `requests:\n  a: { post: https://a.example/, file: ${path} }\n  b: { get: "https://a.example/\${file:${path}}" }`,
      );
    assert.deepEqual(check('../x'), []);
    assert.deepEqual(check('../../.env'), [
      'error expression.fileForbidden «../../.env»',
      'error expression.fileForbidden «${file:../../.env}»',
    ]);
    assert.deepEqual(check('a/../../../x'), [
      'error expression.fileOutside «a/../../../x»',
      'error expression.fileOutside «${file:a/../../../x}»',
    ]);
  });

  it('shadowing, as information', () => {
    const text = 'variables: { size: 1, own: 2 }\nrequests:\n  r: { get: /, variables: { own: 3 } }';
    assert.deepEqual(check(text, 'local'), ['info variable.shadows «size»', 'info variable.shadows «own»']);
  });

  it('cycles, once', () => {
    const text = 'variables: { a: "${b}", b: "${a}" }\nrequests:\n  r: { get: "/${a}" }\n  s: { get: "/${a}" }';
    assert.deepEqual(check(text, 'local'), ['error variable.cycle «${a}»']);
  });

  it('unknown and faulty connections', () => {
    const text = 'requests:\n  a: { get: /, auth: acm }\n  b: { get: /, auth: { connection: nobody } }';
    assert.deepEqual(check(text, 'local'), [
      'error request.unknownConnection «acm»',
      'error request.unknownConnectionHere «{ connection: nobody }»',
    ]);
  });

  it('URLs outside of the origins, for the chosen environment', () => {
    const text = 'requests:\n  a: { get: http://localhost:8080/x }\n  b: { get: https://fixed.example/y, auth: fixed }';
    assert.deepEqual(check(text, 'local'), []);
    assert.deepEqual(check(text, 'production'), ['error request.originNotAllowed «http://localhost:8080/x»']);
  });

  it('a connection by name without a project file', () => {
    assert.deepEqual(checkAlone('requests:\n  a: { get: https://a.example/, auth: acme }'), [
      'error request.noProjectFile «acme»',
    ]);
  });

  it('URLs that cannot be sent to', () => {
    assert.deepEqual(checkAlone('requests:\n  a: { get: /x }\n  b: { get: ftp://a.example/ }'), [
      'error request.relativeUrl «/x»',
      'error request.badScheme «ftp://a.example/»',
    ]);
  });

  it('goes on where the parse has found faults, and does not repeat them', () => {
    const text = 'requests:\n  a: { gte: /x, query: { a: "${nobody}" } }\n  b: { get: "/${secret:x}" }';
    assert.deepEqual(check(text, 'local'), ['error variable.unknownHere «${nobody}»']);
  });
});
