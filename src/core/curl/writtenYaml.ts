import type { NewYaml } from '../request/edit/newYaml';
import { templateSource } from './marks';

/** Marks become expressions, in every text of the tree. */
export function writtenYaml(value: NewYaml): NewYaml {
  switch (value.kind) {
    case 'raw':
      return value;
    case 'text':
      return { kind: 'text', text: templateSource(value.text) };
    case 'list':
      return { kind: 'list', items: value.items.map(writtenYaml) };
    case 'map':
      return {
        kind: 'map',
        entries: value.entries.map(([key, inner]) => [key.replace(/[\ufdd4\ufdd5]/g, ''), writtenYaml(inner)]),
      };
  }
}
