import type { Header } from '../ports';

/** One challenge of a `WWW-Authenticate` header (RFC 9110 §11.6.1). */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** Names in lower case; the first of a repeated name counts. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The bare credentials some schemes use instead of parameters. */
  readonly token68: string | undefined;
}

const TOKEN = /[!#$%&'*+\-.^_`|~\w]+/y;
const TOKEN68 = /[\w\-.~+/]+=*(?=[ \t]*(?:,|$))/y;
const QUOTED = /"((?:[^"\\]|\\[^])*)"/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const SPACE = /[ \t]+/y;
const SEPARATOR = /[ \t,]+/y;

/**
 * Reads all challenges of a response. Never throws: what cannot be understood is skipped up to the next comma,
 * because servers write this header by hand.
 */
export function parseChallenges(headers: readonly Header[]): Challenge[] {
  return headers
    .filter(([name]) => name.toLowerCase() === 'www-authenticate')
    .flatMap(([, value]) => parseValue(value));
}

interface OpenChallenge {
  readonly scheme: string;
  readonly parameters: Map<string, string>;
  token68: string | undefined;
}

function parseValue(value: string): Challenge[] {
  const scanner = new Scanner(value);
  const challenges: OpenChallenge[] = [];
  scanner.take(SEPARATOR);
  while (!scanner.atEnd) {
    // A comma separates both parameters and challenges; `name =` tells a parameter from a scheme.
    const name = scanner.take(TOKEN)?.[0].toLowerCase();
    const current = challenges.at(-1);
    if (name !== undefined && current && scanner.take(EQUALS)) addParameter(scanner, current, name);
    else if (name !== undefined) challenges.push(openChallenge(scanner, name));
    scanner.skipSeparator();
  }
  return challenges;
}

function openChallenge(scanner: Scanner, scheme: string): OpenChallenge {
  const challenge: OpenChallenge = { scheme, parameters: new Map(), token68: undefined };
  if (!scanner.take(SPACE)) return challenge;
  const start = scanner.position;
  const name = scanner.take(TOKEN)?.[0].toLowerCase();
  if (name !== undefined && scanner.take(EQUALS) && addParameter(scanner, challenge, name)) return challenge;
  scanner.position = start;
  challenge.token68 = scanner.take(TOKEN68)?.[0];
  return challenge;
}

function addParameter(scanner: Scanner, challenge: OpenChallenge, name: string): boolean {
  const quoted = scanner.take(QUOTED)?.[1];
  const value = quoted?.replace(/\\([^])/g, '$1') ?? scanner.take(TOKEN)?.[0];
  if (value === undefined) return false;
  if (!challenge.parameters.has(name)) challenge.parameters.set(name, value);
  return true;
}

class Scanner {
  readonly #text: string;
  position = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.position >= this.#text.length;
  }

  take(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.#text);
    if (match) this.position = pattern.lastIndex;
    return match ?? undefined;
  }

  /** Moves to what may follow: behind commas, or behind the space that some servers write instead. */
  skipSeparator(): void {
    if (this.take(SEPARATOR)) return;
    const comma = this.#text.indexOf(',', this.position);
    this.position = comma < 0 ? this.#text.length : comma;
    this.take(SEPARATOR);
  }
}
