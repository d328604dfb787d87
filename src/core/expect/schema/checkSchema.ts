import type { Effort } from '../../effort';
import type { SecretMasker } from '../../http/secretMasker';
import type { JsonValue } from '../../json/jsonValue';
import { readJson } from '../../json/readJson';
import { shorten } from '../../request/shorten';
import type { BodyContent } from '../bodyContent';
import type { AskedSchema } from '../bodyQuestion';
import type { ExpectationResult } from '../expectationResult';
import { SHOWN_LENGTH } from '../showJson';
import type { SchemaFiles } from './schemaFiles';

export interface SchemaCheck {
  readonly files: SchemaFiles;
  readonly mask: SecretMasker;
  readonly effort: Effort;
}

/** Whether a JSON body is valid by a schema; where it is not, the last reason. Never rejects for what a schema says. */
export async function checkSchema(
  expected: AskedSchema,
  content: BodyContent,
  { files, mask, effort }: SchemaCheck,
): Promise<Pick<ExpectationResult, 'ok'> & { readonly actual?: string }> {
  const json = await content.json();
  if (!json.ok) return { ok: false, actual: json.problem };
  // The validator is loaded with the first schema.
  const [{ loadSchema }, { validateJson }] = await Promise.all([import('./loadSchema'), import('./validateJson')]);
  const loaded = await loadSchema(sourceOf(expected), files, expected.kind);
  const problem = loaded.ok ? validateJson(json.value, loaded.schema, effort) : loaded.problem;
  return problem === undefined ? { ok: true } : { ok: false, actual: shorten(mask(problem), SHOWN_LENGTH) };
}

function sourceOf(asked: AskedSchema): JsonValue {
  if (asked.kind === 'file') return asked.path;
  const json = readJson(asked.schema);
  return json.ok ? json.value : null;
}
