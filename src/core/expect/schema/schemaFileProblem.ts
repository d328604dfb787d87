import { FULL_EFFORT } from '../../effort';
import { inspectSchema } from './inspectSchema';
import { loadSchema } from './loadSchema';
import { SchemaExpressions } from './schemaExpressions';
import type { SchemaFiles } from './schemaFiles';
import { SchemaProblem } from './schemaProblem';

/**
 * What can be told of a schema in a file without a body: why no body could be held to it, in the words of an
 * expectation that fails for it, fit for a sentence that says so already. The files that it refers to are read as well.
 * @param path relative to the folder of `files`.
 */
export async function schemaFileProblem(path: string, files: SchemaFiles): Promise<string | undefined> {
  const loaded = await loadSchema(path, files, 'file');
  if (!loaded.ok) return loaded.problem.replace(/^the schema cannot be used: |\.$/g, '');
  try {
    inspectSchema(loaded.schema.documents, new SchemaExpressions(FULL_EFFORT));
    return undefined;
  } catch (error) {
    if (error instanceof SchemaProblem) return error.message;
    // What is nested too deep for this machine is told when it is applied.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
