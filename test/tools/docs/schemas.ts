import { jsonSchemaOf } from '../../../src/core/request/format/jsonSchema';
import { projectFileKeys } from '../../../src/core/request/format/projectKeys';
import { requestFileKeys } from '../../../src/core/request/format/requestKeys';

/** The JSON Schemas that are shipped, by their path relative to the checkout. */
export function schemas(): Readonly<Record<string, string>> {
  return {
    'media/schemas/request-file.schema.json': written(jsonSchemaOf(requestFileKeys, 'Latchkey request file')),
    'media/schemas/project-file.schema.json': written(jsonSchemaOf(projectFileKeys, 'Latchkey project file')),
  };
}

function written(schema: object): string {
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
