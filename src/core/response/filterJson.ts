import type { SecretMasker } from '../http/secretMasker';
import type { JsonValue } from '../json/jsonValue';
import { writeJson } from '../json/writeJson';
import type { JsonPathQuery } from '../jsonPath/query';
import { selectJson } from '../jsonPath/selectJson';
import { listedHits, type FilterOutcome } from './bodyFilter';

/** The values that a path finds, as a text. */
export function filterJson(root: JsonValue, query: JsonPathQuery, mask: SecretMasker): FilterOutcome {
  const values = selectJson(query, root);
  if (!values) return { kind: 'tooMuch' };
  const texts = listedHits(values, writeJson);
  // Written anew, a string may show what its escapes hid.
  const text = mask(`[${texts.join(',')}]`);
  return { kind: 'hits', language: 'json', text, count: values.length, shown: texts.length };
}
