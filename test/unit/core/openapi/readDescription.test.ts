import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { described, petStore, petStoreParts, swaggerStore } from '../../../helpers/apiDescriptions';

const store = { 'pets.yaml': petStore, 'parts.yaml': petStoreParts };

function minimal(more: string): Readonly<Record<string, string>> {
  return { 'api.yaml': `openapi: 3.1.0\ninfo: { title: Small }\n${more}` };
}

describe('an API description', () => {
  it('has a title, servers with their variables put in, tags and operations', async () => {
    const { title, version, servers, tags, operations } = await described(store);
    assert.deepEqual([title, version], ['Pet Store', '1.0.7']);
    assert.deepEqual(servers, ['https://api.example/v2', 'https://eu.pets.example/v2']);
    assert.deepEqual([...tags], [['pets', 'Everything about your pets']]);
    assert.deepEqual(
      operations.map(({ id }) => id),
      ['GET /pets', 'POST /pets', 'PUT /pets/{petId}/photos/{photo.id}'],
    );
  });

  it('gives operations the parameters of their path, and their own in place of these', async () => {
    const { operations } = await described(store);
    const names = operations.map(({ parameters }) => parameters.map(({ name }) => name));
    assert.deepEqual(names[0], ['tenant', 'status', 'tags', 'limit', 'Accept', 'theme', 'session_id']);
    assert.deepEqual(names[2], ['petId', 'photo.id']);
    const files = minimal(`paths:
  /a:
    parameters: [{ name: x, in: query, description: of the path }, { name: x, in: header }]
    get: { parameters: [{ name: x, in: query, required: true, description: own }] }`);
    const [operation] = (await described(files)).operations;
    assert.deepEqual(
      operation?.parameters.map((each) => [each.in, each.isRequired, each.description]),
      [
        ['query', true, 'own'],
        ['header', false, undefined],
      ],
    );
  });

  it('follows references across files, relative to the file that they stand in', async () => {
    const [, , photo] = (await described(store)).operations;
    const parameter = photo?.parameters.find(({ name }) => name === 'photo.id');
    assert.deepEqual(
      parameter?.schema?.get('enum')?.items.map(({ text }) => text),
      ['front', 'back'],
    );
  });

  it('follows references to references, through lists and escapes, and stops where they go round', async () => {
    const files = minimal(`paths:
  /a~b:
    get:
      parameters:
        - $ref: "#/components/parameters/one"
        - $ref: "#/components/parameters/round"
        - $ref: "#/components/parameters/nowhere"
        - $ref: "#/paths/~1a~0b/get/x-list/0"
        - $ref: "#/components/parameters/with%20space"
      x-list: [{ name: listed, in: query }]
components:
  parameters:
    one: { $ref: "#/components/parameters/two", description: said beside it }
    two: { name: two, in: query, description: of the target }
    round: { $ref: "#/components/parameters/round" }
    with space: { name: spaced, in: query }`);
    const [operation] = (await described(files)).operations;
    assert.deepEqual(
      operation?.parameters.map(({ name, description }) => [name, description]),
      [
        ['two', 'said beside it'],
        ['listed', undefined],
        ['spaced', undefined],
      ],
    );
  });

  it('in Swagger 2 is read into the same', async () => {
    const { title, version, servers, operations, securitySchemes } = await described({ 'old.json': swaggerStore });
    assert.deepEqual([title, version], ['Old Store', '2']);
    assert.deepEqual(servers, ['https://old.example/api', 'http://old.example/api']);
    const [order, upload] = operations;
    assert.deepEqual([order?.body?.mediaType, upload?.body?.mediaType], ['application/json', 'multipart/form-data']);
    assert.deepEqual(
      upload?.body?.schema?.get('properties')?.entries.map(([name]) => name),
      ['file', 'note'],
    );
    assert.deepEqual(
      upload.body.schema.get('required')?.items.map(({ text }) => text),
      ['file'],
    );
    assert.deepEqual(order?.parameters[1]?.list, { explode: false, separator: '|' });
    assert.deepEqual([...securitySchemes.keys()], ['login', 'user']);
  });

  it('without a server of its own is where its document is; one in a file is nowhere yet', async () => {
    assert.deepEqual((await described(minimal('paths: {}'))).servers, []);
    const swagger = { 'old.json': '{"swagger":"2.0","basePath":"/v1","paths":{}}' };
    assert.deepEqual((await described(swagger)).servers, ['https://api.example/v1']);
  });

  it('takes what is odd as far as it can be taken', async () => {
    const files = minimal(`servers: [3, { description: no url }]
tags: [{ description: no name }, plain]
security: nobody
paths:
  x-note: { get: {} }
  /a: { get: null, post: { tags: [3, b], parameters: [4, { in: query }, { name: n, in: nowhere }], requestBody: 5, responses: [] }, head: {} }
  /b: 7`);
    const { operations, tags, servers } = await described(files);
    assert.deepEqual(
      operations.map(({ id, parameters }) => [id, parameters.length]),
      [
        ['GET /a', 0],
        ['POST /a', 0],
        ['HEAD /a', 0],
      ],
    );
    assert.deepEqual([[...tags.keys()], servers], [['b'], []]);
  });

  it('that is none, or of another version, is refused by name', async () => {
    await assert.rejects(described({ 'a.json': '[]' }), { code: 'description.notOne' });
    await assert.rejects(described({ 'a.yaml': '' }), { code: 'description.notOne' });
    await assert.rejects(described({ 'a.yaml': 'openapi: 4.0.0' }), { code: 'description.unknownVersion' });
    await assert.rejects(described({ 'a.yaml': 'swagger: 1.2' }), { code: 'description.unknownVersion' });
    assert.deepEqual((await described({ 'a.yaml': 'swagger: 2.0' })).operations, []);
  });
});
