import type { RequestEntry } from '../model';
import { findVariable, type Scopes } from './scopes';
import type { Supplies } from './supplies';

/** Before the rows of `forEach` are there, every name that nothing else defines counts as a field of them. */
export function unknownRow({ flow }: Pick<RequestEntry, 'flow'>, scopes: Scopes): Supplies['row'] {
  if (!flow.forEach) return undefined;
  return (name) => (name === 'item' || !findVariable(name, scopes) ? { state: 'later' } : undefined);
}
