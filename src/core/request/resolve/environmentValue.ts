import { Secret } from '../../secret';
import { textOf, type Resolved } from './resolved';

/** How people name what nobody else may see. */
const SECRET_NAME = /secret|token|passw|pwd|credential|api_?key|private|signature|auth(?!or)/i;

/** A variable of the environment as a value: a secret when its name says so. */
export function environmentValue(name: string, value: string): Resolved {
  return textOf(SECRET_NAME.test(name) && value !== '' ? new Secret(value) : value);
}
