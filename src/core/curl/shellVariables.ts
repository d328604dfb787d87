import { textOf } from '../request/resolve/resolved';
import { needKey, needText, type Need, type Supplied, type Supplies } from '../request/resolve/supplies';
import { revealForTransport, Secret, type Sensitive } from '../secret';
import type { ShellPart } from './shellText';

/** A variable that whoever runs the command has to set. */
export interface ShellVariable {
  readonly name: string;
  /** What it stands for, as it is written in the file: `secret:name`, or a name that was asked for. */
  readonly source: string;
  /** The value is to be given as it is needed there: encoded, escaped, hashed. */
  readonly converted: boolean;
}

/** Digits pass through every encoding, and are a number where JSON wants one. */
const standInLength = 24;

/**
 * Values that are not known here, or are not to be seen, stand in a request as numbers that occur nowhere else, and
 * become variables of the shell when the request is written as a command.
 */
export class ShellVariables implements Supplies {
  readonly #known: Supplies | undefined;
  readonly #standIns = new Map<string, { readonly value: Secret; readonly name: string; readonly source: string }>();
  readonly #used = new Map<string, ShellVariable>();
  readonly #random: (length: number) => Uint8Array;

  /** @param known where values are looked up that may be written out. */
  constructor(random: (length: number) => Uint8Array, known?: Supplies) {
    this.#random = random;
    this.#known = known;
  }

  find(need: Need): Supplied {
    const known = this.#known?.find(need);
    if (known?.state === 'known') return known;
    return { state: 'known', value: textOf(this.standIn(needKey(need), suggestedName(need), needText(need))) };
  }

  /** A stand-in for something that is no value of a file, such as an access token. */
  standIn(key: string, name: string, source: string): Secret {
    const found = this.#standIns.get(key);
    if (found) return found.value;
    const value = new Secret(this.#digits());
    this.#standIns.set(key, { value, name: this.#free(name), source });
    return value;
  }

  /** The variables that were written, in the order of their first use. */
  get used(): readonly ShellVariable[] {
    return [...this.#used.values()];
  }

  /** The pieces of a text: what stands in for something becomes its variable. Known secrets are written out. */
  parts(value: Sensitive): readonly ShellPart[] {
    const found = this.#findable(value);
    const texts = [...found.keys()].sort((a, b) => b.length - a.length);
    return texts.reduce<readonly ShellPart[]>(
      (parts, text) => parts.flatMap((part) => this.#split(part, text, found.get(text))),
      [revealForTransport(value)],
    );
  }

  #split(part: ShellPart, text: string, variable: ShellVariable | undefined): readonly ShellPart[] {
    if (typeof part !== 'string' || !variable || !part.includes(text)) return [part];
    this.#used.set(variable.name, variable);
    return part.split(text).flatMap((piece, index) => (index > 0 ? [{ variable: variable.name }, piece] : [piece]));
  }

  /** The stand-ins themselves, and what was made of them on the way. */
  #findable(value: Sensitive): ReadonlyMap<string, ShellVariable> {
    const found = new Map<string, ShellVariable>();
    for (const { value: standIn, name, source } of this.#standIns.values()) {
      found.set(standIn.revealForTransport(), { name, source, converted: false });
    }
    for (const atom of value instanceof Secret ? value.atoms : []) {
      const text = atom.revealForTransport();
      const origin = [...this.#standIns.values()].find(({ value: standIn }) =>
        atom.atoms.some((each) => each.revealForTransport() === standIn.revealForTransport()),
      );
      if (found.has(text) || !origin) continue;
      found.set(text, { name: this.#convertedName(text, origin.name), source: origin.source, converted: true });
    }
    return found;
  }

  readonly #convertedNames = new Map<string, string>();

  #convertedName(text: string, name: string): string {
    const known = this.#convertedNames.get(text) ?? this.#free(`${name}_ENCODED`);
    this.#convertedNames.set(text, known);
    return known;
  }

  readonly #names = new Set<string>();

  #free(name: string): string {
    let free = name;
    for (let number = 2; this.#names.has(free); number++) free = `${name}_${number}`;
    this.#names.add(free);
    return free;
  }

  #digits(): string {
    const digits = Array.from(this.#random(standInLength), (byte, index) => (index === 0 ? 7 : byte % 10));
    return digits.join('');
  }
}

/** Names that mean something to the shell itself. */
const taken = new Set(['PATH', 'HOME', 'USER', 'SHELL', 'PWD', 'IFS', 'TERM', 'LANG', 'ENV', 'OLDPWD', 'PS1', 'UID']);

function suggestedName(need: Need): string {
  if (need.kind === 'env' && /^[A-Za-z_]\w*$/.test(need.name)) return need.name;
  const text =
    need.kind === 'file' ? `FILE_${need.path}` : need.kind === 'capture' ? `${need.request}_${need.name}` : need.name;
  return variableName(text);
}

/** A text as the name of a shell variable. */
export function variableName(text: string): string {
  const name = text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toUpperCase();
  if (name === '' || /^\d/.test(name)) return `VALUE_${name}`.replace(/_$/, '');
  return taken.has(name) ? `${name}_VALUE` : name;
}
