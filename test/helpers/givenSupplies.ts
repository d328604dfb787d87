import { textOf } from '../../src/core/request/resolve/resolved';
import { needText, type Supplies } from '../../src/core/request/resolve/supplies';
import { Secret } from '../../src/core/secret';

/** Supplies that know these values, by the text between the braces: `secret:key`, `env:USER`, `file:a/body.txt`. */
export function given(values: Readonly<Record<string, string>>): Supplies {
  return {
    find: (need) => {
      const text = needText(need);
      const value = values[text];
      if (value === undefined) return { state: 'missing', code: 'variable.noValue', data: { name: text } };
      return { state: 'known', value: textOf(need.kind === 'secret' ? new Secret(value) : value) };
    },
  };
}
