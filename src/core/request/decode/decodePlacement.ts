import type { TokenPlacement } from '../../oauth/quirks/quirks';
import { placementValues } from '../format/authKeys';
import type { Reporter } from '../reporter';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeChoice } from './decodeChoice';
import { wrongKind } from './decodeKeys';
import { decodeText } from './decodeValue';

/** `in` and `name` of `auth`, as far as they are there. */
export interface PlacementEntries {
  readonly in?: YamlEntry;
  readonly name?: YamlEntry;
}

const defaults = { header: 'Authorization', query: 'access_token' } as const;

/** Headers that belong to the connection, to the body or to cookies (RFC 9700 §4.3.2): no place for a token. */
const refusedHeaders =
  /^(?:host|cookie|connection|upgrade|te|trailer|expect|keep-alive|transfer-encoding|content-.*)$/i;

const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** Where a request has its token; `undefined` when the file does not say, or not properly. */
export function decodePlacement(entries: PlacementEntries, reporter: Reporter): TokenPlacement | undefined {
  if (!entries.in && !entries.name) return undefined;
  const where = entries.in ? decodeChoice(entries.in, placementValues, reporter) : 'header';
  if (where === undefined) return undefined;
  if (!entries.name) return { in: where, name: defaults[where] };
  const name = decodeText(entries.name, reporter, 'name: X-Access-Token');
  if (name === undefined) return undefined;
  if (where === 'query' ? name !== '' : isUsable(name)) return { in: where, name };
  wrongKind(entries.name, 'the name of a header that can carry a token', 'name: X-Access-Token', reporter);
  return undefined;
}

function isUsable(header: string): boolean {
  return headerName.test(header) && !refusedHeaders.test(header);
}
