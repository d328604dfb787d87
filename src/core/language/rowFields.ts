import type { RequestEntry } from '../request/model';
import { Evaluator } from '../request/resolve/evaluator';
import { resolveItems } from '../request/resolve/resolveFlow';
import type { Scopes } from '../request/resolve/scopes';
import { laterSupplies } from '../request/resolve/supplies';
import { rowOfItems } from '../request/resolve/unknownRow';

const ITEM: ReadonlySet<string> = new Set(['item']);

/**
 * What the rows of a request bring: the fields of a list that the files write out, else `item`, since only reading a
 * file or sending another request would tell. Nothing for a request that is sent once.
 */
export function rowFields({ flow: { forEach } }: RequestEntry, scopes: Scopes): Iterable<string> {
  if (forEach?.kind !== 'value') return forEach ? ITEM : [];
  const evaluator = new Evaluator({
    ...{ scopes, home: 'requestFile', now: 0, supplies: laterSupplies },
    random: { bytes: (length) => new Uint8Array(length) },
    directories: { requestFile: undefined, project: undefined },
  });
  const items = resolveItems(forEach.value, evaluator);
  return items.ok ? rowOfItems(items.value).rowNames : ITEM;
}
