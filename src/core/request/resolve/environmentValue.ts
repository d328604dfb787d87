import { Secret } from '../../secret';
import { isSecretVariable } from '../secretLooks';
import { textOf, type Resolved } from './resolved';

/** A variable of the environment as a value: a secret when its name says so. */
export function environmentValue(name: string, value: string): Resolved {
  return textOf(isSecretVariable(name) && value !== '' ? new Secret(value) : value);
}
