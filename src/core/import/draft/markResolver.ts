import { expressionMark, markedSources, withMarks } from '../../curl/marks';
import type { SecretKeeper } from '../../curl/secretKeeper';
import { writtenYaml } from '../../curl/writtenYaml';
import type { NewYaml, NewYamlEntry } from '../../request/edit/newYaml';
import { type CapturedValues, variableOf, type PlacedRequest } from './capturedValues';
import type { DraftVariables } from './draftVariables';
import { withTexts } from './yamlParts';

export interface ResolverParts {
  readonly secrets: SecretKeeper;
  readonly secretNames: ReadonlySet<string>;
  readonly variables: DraftVariables;
  readonly captured: CapturedValues;
  /** Names that the project defines. */
  readonly inProject: ReadonlySet<string>;
}

/** Puts into the marks of variables what they stand for, and writes them as expressions. */
export class MarkResolver {
  readonly #parts: ResolverParts;
  readonly #secretMarks = new Map<string, string>();
  readonly #unknown = new Set<string>();
  readonly #lost = new Set<string>();
  readonly #dollars = new Set<number>();
  readonly #imports = new Map<number, Set<number>>();

  constructor(parts: ResolverParts) {
    this.#parts = parts;
  }

  /** Variables without any value. */
  get unknown(): readonly string[] {
    return [...this.#unknown];
  }

  /** Variables that could not be put in, because a dollar sign stands before them. */
  get lost(): readonly string[] {
    return [...this.#lost];
  }

  /** What a file needs so that a dollar sign can stand before a variable. */
  variablesOf(file: number): readonly NewYamlEntry[] {
    return this.#dollars.has(file) ? [[this.#dollar, { kind: 'text', text: '$' }]] : [];
  }

  /** The files whose captures a file needs. */
  importsOf(file: number): readonly number[] {
    return [...(this.#imports.get(file) ?? [])];
  }

  /** @param own variables of the request itself. */
  entries(
    entries: readonly NewYamlEntry[],
    user?: PlacedRequest,
    own: ReadonlySet<string> = new Set(),
  ): readonly NewYamlEntry[] {
    return entries.map(([key, value]) => [key, this.value(value, user, own)]);
  }

  value(value: NewYaml, user?: PlacedRequest, own: ReadonlySet<string> = new Set()): NewYaml {
    const resolved = withTexts(value, (text) => {
      return withMarks(this.#withDollars(text, user), (source) => this.#source(source, user, own));
    });
    return writtenYaml(resolved);
  }

  get #dollar(): string {
    const { variables, inProject } = this.#parts;
    return variables.isDefined('dollar') || inProject.has('dollar') ? 'dollar sign' : 'dollar';
  }

  /** A dollar sign directly before an expression would escape it, so it comes out of a variable itself. */
  #withDollars(text: string, user: PlacedRequest | undefined): string {
    return text.replace(/(\$+)\ufdd4([^\ufdd5]*)\ufdd5/g, (all: string, signs: string, name: string) => {
      if (user) this.#dollars.add(user.file);
      else this.#lost.add(name);
      return user ? expressionMark(this.#dollar).repeat(signs.length) + all.slice(signs.length) : all;
    });
  }

  #source(source: string, user: PlacedRequest | undefined, own: ReadonlySet<string>): string {
    const name = variableOf(source);
    if (name === undefined || own.has(name) || (user && this.#dollars.has(user.file) && name === this.#dollar)) {
      return source;
    }
    const { secrets, secretNames, variables, captured, inProject } = this.#parts;
    const filters = source.slice(name.length);
    const found = user && captured.for(name, user);
    if (found) {
      this.#import(user.file, found.placed.file);
      return `${found.placed.name}.${found.capture}${filters}`;
    }
    if (variables.isDefined(name) || inProject.has(name)) return source;
    if (!secretNames.has(name)) {
      this.#unknown.add(name);
      return source;
    }
    const mark = this.#secretMarks.get(name) ?? secrets.unknown(name);
    this.#secretMarks.set(name, mark);
    return `${markedSources(mark)[0] ?? name}${filters}`;
  }

  #import(from: number, to: number): void {
    if (from === to) return;
    const files = this.#imports.get(from) ?? new Set();
    files.add(to);
    this.#imports.set(from, files);
  }
}
