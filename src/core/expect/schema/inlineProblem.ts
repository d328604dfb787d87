import { FULL_EFFORT } from '../../effort';
import type { JsonValue } from '../../json/jsonValue';
import { shorten } from '../../request/shorten';
import { inspectSchema } from './inspectSchema';
import { plainJson } from './plainJson';
import { SchemaExpressions } from './schemaExpressions';
import { SchemaProblem } from './schemaProblem';
import { subschemas } from './subschemas';

/** What can be told of a schema without a body and without reading files: why no body could be held to it. */
export function inlineProblem(schema: JsonValue): string | undefined {
  try {
    const plain = plainJson(schema);
    inspectSchema([plain], new SchemaExpressions(FULL_EFFORT));
    return remoteReference(plain);
  } catch (error) {
    if (error instanceof SchemaProblem) return error.message;
    // What is nested too deep for this machine is told when it is applied.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A schema with an `$id` can mean a part of itself by a URL. */
function remoteReference(plain: unknown): string | undefined {
  const all = [...subschemas(plain)];
  if (all.some(({ $id, id }) => typeof $id === 'string' || typeof id === 'string')) return undefined;
  const references = all.flatMap(({ $ref, $dynamicRef }) => [$ref, $dynamicRef]);
  const remote = references.find(isAbsolute);
  if (remote === undefined) return undefined;
  return `it refers to ${shorten(remote)}, and only files of the workspace folder are read`;
}

function isAbsolute(reference: unknown): reference is string {
  return typeof reference === 'string' && /^[a-z][a-z0-9+.-]*:/i.test(reference);
}
