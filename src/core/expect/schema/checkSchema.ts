import type { SecretMasker } from '../../http/secretMasker';
import type { JsonValue } from '../../json/jsonValue';
import { shorten } from '../../request/shorten';
import type { SchemaExpectation } from '../expectations';
import type { ExpectationResult } from '../expectationResult';
import { toJsonValue } from '../jsonResolved';
import type { ResponseContent } from '../responseContent';
import { SHOWN_LENGTH } from '../showJson';
import type { SchemaFiles } from './schemaFiles';

export function describeSchema(expected: SchemaExpectation): string {
  return `body is valid by ${expected.kind === 'file' ? expected.path : 'the schema'}`;
}

/** Whether a JSON body is valid by a schema; where it is not, the first reason. Never rejects for what a schema says. */
export async function checkSchema(
  expected: SchemaExpectation,
  content: ResponseContent,
  files: SchemaFiles,
  mask: SecretMasker,
): Promise<Pick<ExpectationResult, 'ok' | 'actual'>> {
  const json = await content.json();
  if (!json.ok) return { ok: false, actual: json.problem };
  // The validator is loaded with the first schema.
  const [{ loadSchema }, { validateJson }] = await Promise.all([import('./loadSchema'), import('./validateJson')]);
  const inline: JsonValue | undefined = expected.kind === 'inline' ? toJsonValue(expected.schema) : undefined;
  const loaded = await loadSchema(expected.kind === 'file' ? expected.path : inline, files, expected.kind);
  const problem = loaded.ok ? validateJson(json.value, loaded.schema) : loaded.problem;
  return problem === undefined ? { ok: true } : { ok: false, actual: shorten(mask(problem), SHOWN_LENGTH) };
}
