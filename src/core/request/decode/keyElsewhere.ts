import { authKeys } from '../format/authKeys';
import { expectKeys } from '../format/expectKeys';
import type { KeyTable } from '../format/keyTable';
import { connectionKeys, projectFileKeys } from '../format/projectKeys';
import { methodKeys, requestFileKeys, requestKeys, retryKeys } from '../format/requestKeys';
import { settingsKeys } from '../format/settingsKeys';
import type { YamlNode } from '../yaml/yamlNode';

type Place = readonly [table: KeyTable, place: string];

const IN_REQUEST: Place = [requestKeys, 'a request, below its name under requests:'];
const IN_CONNECTION: Place = [connectionKeys, 'a connection, below its name under connections: in latchkey.yaml'];
const IN_PROJECT: Place = [projectFileKeys, 'latchkey.yaml'];
const IN_EXPECT: Place = [expectKeys, 'expect:'];

/** Where a key may have been meant to stand that is in the wrong place, likeliest first. */
const OTHER_PLACES: ReadonlyMap<KeyTable, readonly Place[]> = new Map<KeyTable, readonly Place[]>([
  [requestFileKeys, [IN_REQUEST, IN_PROJECT, IN_CONNECTION]],
  [
    requestKeys,
    [IN_EXPECT, [requestFileKeys, 'the top of the file'], [retryKeys, 'retry:'], [authKeys, 'auth:'], IN_PROJECT],
  ],
  [expectKeys, [[requestKeys, 'the request itself, beside expect:']]],
  [projectFileKeys, [[settingsKeys, 'defaults:'], IN_CONNECTION, [requestFileKeys, 'a request file'], IN_REQUEST]],
  [connectionKeys, [IN_PROJECT, [settingsKeys, 'defaults: or a request']]],
]);

/** Whether a value at the top of a request file is a request. */
export function isRequestAtTop(value: YamlNode, table: KeyTable): boolean {
  if (table !== requestFileKeys || value.kind !== 'map') return false;
  return value.entries.some(({ key }) => Object.hasOwn(methodKeys, key) || key === 'method' || key === 'websocket');
}

/** The place that has a key of that name, where a table lacks it. */
export function keyElsewhere(key: string, table: KeyTable): string | undefined {
  return OTHER_PLACES.get(table)?.find(([other]) => Object.hasOwn(other, key))?.[1];
}
