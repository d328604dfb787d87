import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApiDescription } from '../../../../src/core/openapi/apiDescription';
import { operationRequest, type OperationStyle } from '../../../../src/core/openapi/operationRequest';
import { requestFileText } from '../../../../src/core/openapi/requestFileText';
import { checkRequestFile } from '../../../../src/core/request/checkRequestFile';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { described, petStore, petStoreParts, swaggerStore } from '../../../helpers/apiDescriptions';

const plain: OperationStyle = { connections: {}, inheritsAuth: false, baseUrl: undefined };

function written(description: ApiDescription, style: Partial<OperationStyle> = {}): string {
  const taken = new Set<string>();
  const whole = { ...plain, ...style };
  const requests = description.operations.map((operation) => operationRequest(operation, description, whole, taken));
  const text = requestFileText(requests, { title: description.title, baseUrl: whole.baseUrl });
  const file = parseRequestFile(text);
  const project = {
    ...parseProjectFile(
      'connections: { pets: { issuer: https://login.example, clientId: a, origins: [https://api.example] } }',
    ),
    directory: '',
  };
  const problems = [...file.diagnostics, ...checkRequestFile(file, project, undefined)];
  // Written requests have no faults, whatever the description says.
  assert.deepEqual(
    problems.filter(({ severity, code }) => severity === 'error' && code !== 'request.relativeUrl'),
    [],
    text,
  );
  return text;
}

/** The only operation of a description, without its name. */
async function operation(yaml: string): Promise<string> {
  const text = written(
    await described({ 'api.yaml': `openapi: 3.1.0\ninfo: { title: T }\npaths:\n  /x:\n    ${yaml}` }),
  );
  return text.replace(/^[^]*?\n {4}/, '    ');
}

describe('an operation as a request', () => {
  it('has its examples filled in, its credentials, and the body that is written best', async () => {
    const pets = await described({ 'pets.yaml': petStore, 'parts.yaml': petStoreParts });
    const style = { baseUrl: 'https://api.example/v2', connections: { petAuth: 'pets' }, inheritsAuth: true };
    assert.equal(
      written(pets, style),
      `# Pet Store
baseUrl: https://api.example/v2
requests:
  listPets:
    description: List all pets
    get: /pets
    auth: pets
    query:
      status: [available]
      tags: a|b
    headers:
      tenant: acme
      Cookie: theme=dark; session_id=\${secret:session_id}

  add-pet:
    post: /pets
    auth: pets
    headers:
      tenant: acme
    json:
      name: Rex
      price: 1.10
      born: \${now}
      uuid: \${uuid}
      owner:
        name: textxx
      kind:
        a: true
        b: x

  put-pets-photos:
    description: Replaces a photo.
    put: /pets/\${petId|url}/photos/\${photo_id|url}
    baseUrl: https://upload.pets.example
    variables:
      petId: 10
      photo_id: front
    auth: none
    multipart:
      image:
        file: ./image
      note: text
      meta: { json: { by: ada@example.com } }
`,
    );
  });

  it('of Swagger 2 is the same', async () => {
    const text = written(await described({ 'old.json': swaggerStore }), { baseUrl: 'https://old.example/api' });
    assert.match(text, /post: \/orders\/\$\{id\|url\}\n {4}variables:\n {6}id: \$\{uuid\}\n/);
    assert.match(text, /basic:\n {8}username: \$\{secret:user-username\}\n {8}password: \$\{secret:user-password\}\n/);
    assert.match(text, /auth: auto\n {4}multipart:\n {6}file:\n {8}file: \.\/file\n {6}note: hi\n/);
  });

  it('sends nothing of a description as an expression', async () => {
    const text = await operation(
      'get: { summary: "Costs ${money}", parameters: [{ name: q, in: query, required: true, example: "${env:HOME}" }] }',
    );
    assert.equal(text, `    description: Costs $\${money}\n    get: /x\n    query:\n      q: $\${env:HOME}\n`);
  });

  it('writes lists as the description wants them', async () => {
    const list = 'schema: { type: array }, example: [a, b]';
    const text = await operation(
      `get: { parameters: [{ name: many, in: query, required: true, ${list} }, { name: comma, in: query, explode: false, ${list} }, { name: space, in: query, style: spaceDelimited, ${list} }, { name: h, in: header, ${list} }] }`,
    );
    assert.match(text, /many: \[a, b\]\n {6}comma: a,b\n {6}space: a b\n {4}headers:\n {6}h: a,b\n/);
  });

  it('spreads objects over the query as the description wants them, and writes what is nested as JSON', async () => {
    const object = 'required: true, example: { a: 1, b: x }';
    const text = await operation(
      `get: { parameters: [{ name: deep, in: query, style: deepObject, ${object} }, { name: form, in: query, ${object} }, { name: flat, in: query, explode: false, ${object} }, { name: nested, in: query, required: true, example: [{ a: [1] }] }, { name: json, in: query, required: true, content: { application/json: { example: [1, 2] } } }] }`,
    );
    assert.equal(
      text,
      `    get: /x
    query:
      "deep[a]": 1
      "deep[b]": x
      a: 1
      b: x
      flat: "{\\"a\\":1,\\"b\\":\\"x\\"}"
      nested: "[{\\"a\\":[1]}]"
      json: "[1,2]"
`,
    );
  });

  it('writes no example of a password or token, but the name of a secret', async () => {
    const text = await operation(
      'post: { parameters: [{ name: X-Api-Key, in: header, required: true, example: k-1 }, { name: page_token, in: query, example: p-2 }], requestBody: { content: { application/json: { example: { user: ada, password: hunter2, client: { clientSecret: abc, id: 7 }, tokens: 3 } } } } }',
    );
    assert.equal(
      text,
      `    post: /x
    query:
      page_token: p-2
    headers:
      X-Api-Key: \${secret:X-Api-Key}
    json:
      user: ada
      password: \${secret:password}
      client:
        clientSecret: \${secret:clientSecret}
        id: 7
      tokens: 3
`,
    );
  });

  it('leaves out optional parameters without an example, and headers that are said by other means', async () => {
    const text = await operation(
      'get: { parameters: [{ name: page, in: query, schema: { default: 1 } }, { name: Authorization, in: header, required: true }, { name: size, in: query, schema: { example: 5 } }] }',
    );
    assert.equal(text, '    get: /x\n    query:\n      size: 5\n');
  });

  for (const [title, content, expected] of [
    [
      'JSON of another type',
      'application/vnd.api+json: { example: { a: 1.10 } }',
      '    headers:\n      Content-Type: application/vnd.api+json\n    json:\n      a: 1.10\n',
    ],
    [
      'a form',
      'application/x-www-form-urlencoded: { example: { a: b, l: [1, 2], o: { c: d } } }',
      '    form:\n      a: b\n      l: [1, 2]\n      o: "{\\"c\\":\\"d\\"}"\n',
    ],
    ['text', 'text/plain: { example: hello }', '    text: hello\n'],
    [
      'a text of another type',
      'text/csv: { example: "a;b" }',
      '    headers:\n      Content-Type: text/csv\n    text: a;b\n',
    ],
    [
      'XML',
      'application/xml: { schema: { type: object, xml: { name: pet }, properties: { id: { type: integer, xml: { attribute: true } }, tag: { type: array, items: { type: string, example: "<&>" } } } } }',
      '    xml: |-\n      <pet id="1">\n        <tag>&lt;&amp;></tag>\n      </pet>\n',
    ],
    ['bytes', 'image/png: {}', '    headers:\n      Content-Type: image/png\n    file: ./body\n'],
  ] as const) {
    it(`has ${title} as its body`, async () => {
      assert.equal(await operation(`post: { requestBody: { content: { ${content} } } }`), `    post: /x\n${expected}`);
    });
  }

  it('has a name of its own, made of its id or of what it does', async () => {
    const paths = ['/a', '/b', '/{id}', '/c d/${x}/é', '/b#again'].map(
      (path) =>
        `  ${JSON.stringify(path)}: { get: { operationId: ${path === '/a' || path === '/b' ? 'same' : '""'} } }`,
    );
    const api = await described({ 'api.yaml': `openapi: 3.0.0\ninfo: {}\npaths:\n${paths.join('\n')}` });
    const { requests } = parseRequestFile(written(api));
    assert.deepEqual(
      requests.map(({ name }) => name),
      ['same', 'same-2', 'get', 'get-c-d-é', 'get-b-again'],
    );
  });

  it('keeps the names of those that are in the file', async () => {
    const { operations, ...rest } = await described({ 'old.json': swaggerStore });
    const [first] = operations;
    assert.ok(first);
    assert.equal(
      operationRequest(first, { ...rest, operations }, plain, new Set(['post-orders'])).name,
      'post-orders-2',
    );
  });
});
