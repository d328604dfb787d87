import { loadDescription } from '../../src/core/openapi/loadDescription';
import type { ApiDescription } from '../../src/core/openapi/apiDescription';
import { readDescription } from '../../src/core/openapi/readDescription';

/** Reads a description whose documents are given, by path. */
export async function described(files: Readonly<Record<string, string>>): Promise<ApiDescription> {
  const [first = ''] = Object.keys(files);
  const uri = `https://api.example/docs/${first}`;
  const { documents } = await loadDescription(uri, {
    read: (each) => {
      const text = files[each.replace('https://api.example/docs/', '')];
      return text === undefined ? Promise.reject(new Error(`${each} is not there`)) : Promise.resolve(text);
    },
    label: (each) => each.slice(each.lastIndexOf('/') + 1),
    pause: () => Promise.resolve(),
  });
  return readDescription(documents, uri, first);
}

export const petStore = `
openapi: 3.0.3
info: { title: Pet Store, version: 1.0.7, description: All about pets }
servers:
  - url: /v2
  - { url: "https://{region}.pets.example/v2/", variables: { region: { default: eu } } }
tags: [{ name: pets, description: Everything about your pets }]
security: [{ petAuth: [read:pets] }]
paths:
  /pets:
    parameters:
      - { name: tenant, in: header, required: true, schema: { type: string }, example: acme }
    get:
      operationId: listPets
      summary: List all pets
      tags: [pets]
      parameters:
        - { name: status, in: query, required: true, schema: { type: array, items: { type: string, enum: [available, sold] } } }
        - { name: tags, in: query, style: pipeDelimited, explode: false, example: [a, b], schema: { type: array, items: { type: string } } }
        - { name: limit, in: query, schema: { type: integer, default: 20 } }
        - { name: Accept, in: header, required: true, schema: { type: string } }
        - { name: theme, in: cookie, required: true, schema: { type: string }, example: dark }
        - { name: session_id, in: cookie, required: true, schema: { type: string }, example: s-1 }
      responses:
        "200":
          content:
            application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Pet" } } }
    post:
      operationId: "add pet!"
      tags: [pets]
      security: [{ petAuth: [write:pets, read:pets] }, { key: [] }]
      requestBody:
        required: true
        content:
          application/xml: { schema: { $ref: "#/components/schemas/Pet" } }
          application/json: { schema: { $ref: "#/components/schemas/Pet" } }
      responses: {}
  /pets/{petId}/photos/{photo.id}:
    parameters:
      - { name: petId, in: path, required: true, schema: { type: integer, format: int64, minimum: 10 } }
      - { $ref: "parts.yaml#/parameters/photo" }
    put:
      description: |
        Replaces a photo.
        Costs \${money}.
      deprecated: true
      security: []
      servers: [{ url: https://upload.pets.example }]
      requestBody:
        content:
          multipart/form-data:
            schema:
              type: object
              properties: { image: { type: string, format: binary }, note: { type: string }, meta: { type: object, properties: { by: { type: string, format: email } } } }
      responses: {}
components:
  securitySchemes:
    petAuth:
      type: oauth2
      flows:
        implicit: { authorizationUrl: https://old.example/authorize, scopes: {} }
        authorizationCode: { authorizationUrl: https://login.example/authorize, tokenUrl: https://login.example/token, scopes: { read:pets: Read, write:pets: Write } }
    key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string, example: Rex }
        price: { type: number, example: 1.10 }
        born: { type: string, format: date-time }
        uuid: { type: string, format: uuid }
        owner: { $ref: "#/components/schemas/Owner" }
        kind: { allOf: [{ type: object, properties: { a: { type: boolean } } }, { type: object, properties: { b: { enum: [x, y] } } }] }
    Owner: { type: object, properties: { pet: { $ref: "#/components/schemas/Pet" }, name: { type: string, minLength: 6 } } }
`;

export const petStoreParts = `
parameters:
  photo: { name: photo.id, in: path, required: true, schema: { $ref: "#/schemas/id" } }
schemas:
  id: { type: string, enum: [front, back] }
`;

export const swaggerStore = JSON.stringify({
  swagger: '2.0',
  info: { title: 'Old Store', version: 2 },
  host: 'old.example',
  basePath: '/api',
  schemes: ['http', 'https'],
  consumes: ['application/xml', 'application/json'],
  securityDefinitions: {
    login: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://old.example/a',
      tokenUrl: 'https://old.example/t',
      scopes: { a: '' },
    },
    user: { type: 'basic' },
  },
  paths: {
    '/orders/{id}': {
      post: {
        tags: ['orders'],
        security: [{ user: [] }],
        parameters: [
          { name: 'id', in: 'path', required: true, type: 'string', format: 'uuid' },
          {
            name: 'fields',
            in: 'query',
            required: true,
            type: 'array',
            items: { type: 'string', default: 'all' },
            collectionFormat: 'pipes',
          },
          { name: 'order', in: 'body', schema: { $ref: '#/definitions/Order' } },
        ],
        responses: { 200: { schema: { $ref: '#/definitions/Order' } } },
      },
    },
    '/upload': {
      post: {
        consumes: ['multipart/form-data'],
        security: [{ login: ['a'] }],
        parameters: [
          { name: 'file', in: 'formData', type: 'file', required: true },
          { name: 'note', in: 'formData', type: 'string', default: 'hi' },
        ],
        responses: {},
      },
    },
  },
  definitions: { Order: { type: 'object', properties: { count: { type: 'integer', minimum: 3 } } } },
});
