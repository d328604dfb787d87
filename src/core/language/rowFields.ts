import type { RequestEntry } from '../request/model';
import { Evaluator } from '../request/resolve/evaluator';
import { NO_RANDOM } from '../request/resolve/noRandom';
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
    ...{ scopes, home: 'requestFile', now: 0, random: NO_RANDOM, supplies: laterSupplies },
    directories: { requestFile: undefined, project: undefined },
  });
  const items = resolveItems(forEach.value, evaluator);
  return items.ok ? rowOfItems(items.value).rowNames : ITEM;
}
