import { expressionMark, withoutMarks } from '../curl/marks';
import { isName } from '../request/names';
import { BUILT_IN_NAMES } from '../request/parseTemplate';
import { importNote, type ImportNote } from './importNote';

/** What a tool means by `{{inner}}`: the source of an expression, or `undefined` when it is the name of a variable. */
export type ReadPlaceholder = (inner: string) => string | undefined;

/** Characters between braces; more is no variable. */
const LONGEST = 300;
const placeholder = new RegExp(`\\{\\{((?:(?!\\{\\{|\\}\\})[^]){1,${LONGEST}})\\}\\}`, 'g');

/**
 * The names that variables get in request files: the same name of the tool always becomes the same, in all files of one
 * import.
 */
export class VariableNames {
  readonly #names = new Map<string, string>();
  readonly #taken = new Set<string>(BUILT_IN_NAMES);
  readonly #dynamic = new Set<string>();

  name(written: string): string {
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const name = this.#free(isName(written) ? written : cleaned(written));
    this.#names.set(written, name);
    if (written.startsWith('$')) this.#dynamic.add(written);
    return name;
  }

  /** A name that nothing has yet, for a variable that the tool does not name. */
  fresh(suggestion: string): string {
    return this.#free(cleaned(suggestion));
  }

  /** What was renamed, and what has no counterpart. */
  get notes(): readonly ImportNote[] {
    const renamed = [...this.#names].filter(([from, to]) => from !== to && !from.startsWith('$'));
    return [
      ...renamed.map(([from, to]) => importNote('renamedVariable', { from, to })),
      ...[...this.#dynamic].map((name) => importNote('dynamic', { name })),
    ];
  }

  #free(base: string): string {
    let name = base;
    for (let number = 2; this.#taken.has(name); number++) name = `${base}_${number}`;
    this.#taken.add(name);
    return name;
  }
}

/** Turns the placeholders of a tool into marks. */
export class Placeholders {
  readonly #names: VariableNames;
  readonly #read: ReadPlaceholder;

  constructor(names: VariableNames, read: ReadPlaceholder = dynamicValue) {
    this.#names = names;
    this.#read = read;
  }

  /** A text as the tool writes it, with marks in it. */
  text(text: string): string {
    return withoutMarks(text).replace(placeholder, (_, written: string) => {
      const inner = written.trim();
      return expressionMark(this.#read(inner) ?? this.#names.name(inner));
    });
  }

  /** The name that a variable gets. */
  name(written: string): string {
    return this.#names.name(written);
  }
}

function cleaned(written: string): string {
  const name = written
    .replace(/[^\p{L}\p{M}\p{N}_-]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 100);
  return name === '' ? 'variable' : name;
}

/** What Postman, Insomnia, JetBrains, httpYac and REST Client make up themselves, by the names they have for it. */
export function dynamicValue(inner: string): string | undefined {
  const [word = '', ...args] = inner.split(/\s+/);
  const plain = simpleValues[word.toLowerCase()];
  if (plain !== undefined && args.length === 0) return plain;
  const range = /^\$(?:randomint|random\.integer|random\.float)\s*\(?\s*(-?\d{1,15})[\s,]+(-?\d{1,15})\s*\)?$/i.exec(
    inner,
  );
  const [, least = '', most = ''] = range ?? [];
  if (range) return Number(least) <= Number(most) ? `random:${least}..${most}` : undefined;
  const time =
    /^\$(timestamp|datetime|localdatetime)(?:\s+(?:iso8601|"YYYY-MM-DDTHH:mm:ss[^"]*"))?(?:\s+(-?\d+)\s+(ms|s|m|h|d))?$/i.exec(
      inner,
    );
  if (time) return timeSource(time);
  const environment = /^\$(?:processEnv|dotenv|env\.?)\s*%?\s*([A-Za-z_]\w*)$/.exec(inner)?.[1];
  const name = environment ?? /^process\.env\.([A-Za-z_]\w*)$/.exec(inner)?.[1];
  return name === undefined ? undefined : `env:${name}`;
}

function timeSource([, kind = '', count, unit]: RegExpExecArray): string {
  const filter = kind.toLowerCase() === 'timestamp' ? '|unix' : '';
  if (count === undefined || unit === undefined || Number(count) === 0) return `now${filter}`;
  const [amount, word] = unit === 'd' ? [Math.abs(Number(count)) * 24, 'h'] : [Math.abs(Number(count)), unit];
  return `now:${Number(count) < 0 ? '-' : '+'}${amount}${word}${filter}`;
}

const simpleValues: Readonly<Record<string, string>> = {
  $guid: 'uuid',
  $uuid: 'uuid',
  $randomuuid: 'uuid',
  '$random.uuid': 'uuid',
  $isotimestamp: 'now',
  $randomint: 'random:0..1000',
  '$random.integer': 'random:0..1000',
};
