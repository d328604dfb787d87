import type { ProjectFile } from '../model';
import { environmentValue } from './environmentValue';
import type { Supplies } from './supplies';

/**
 * What a connection may be made of beside the variables of its project: the `.env` file that belongs to it. Anything
 * else (what a server answered, what was typed, the process environment) could send a token somewhere new each time.
 */
export function connectionSupplies({ env }: Pick<ProjectFile, 'env'>): Supplies {
  return {
    find: (need) => {
      if (need.kind !== 'env') return { state: 'missing', code: 'expression.notInConnection', data: {} };
      const value = env?.get(need.name);
      if (value !== undefined) return { state: 'known', value: environmentValue(need.name, value) };
      return { state: 'missing', code: 'variable.envMissing', data: { name: need.name } };
    },
  };
}
