import type { Random } from '../../ports';
import { LatchkeyError } from '../../errors';
import { checkPath, workspacePath } from '../../files/workspacePath';
import { joinSensitive, type Sensitive } from '../../secret';
import type { TextRange } from '../diagnostic';
import type { Variable } from '../model';
import { nearest } from '../nearest';
import { shorten } from '../shorten';
import type { Expression, Template, Value } from '../value';
import { all, andThen, failure, located, success, type Evaluation } from './evaluation';
import { applyFilters, toText, type Converted } from './filters';
import { randomInteger, uuid } from './generated';
import { converted as inForm, listOf, MAX_SIZE, mapOf, rawOf, sizeOf, textOf, type Resolved } from './resolved';
import { environmentsWith, findVariable, visibleNames, type Scopes } from './scopes';
import { sourceText, type Supplied, type Supplies } from './supplies';

/** Variables that need each other in a row. */
const MAX_DEPTH = 50;

export interface EvaluatorInput {
  readonly scopes: Scopes;
  /** Where ranges of failures are wanted: values of the other file are reported where they are used. */
  readonly home: 'requestFile' | 'project';
  /** Milliseconds since the epoch: one send has one time. */
  readonly now: number;
  readonly random: Random;
  /** What comes in from outside of the files. */
  readonly supplies: Supplies;
  /** The folders of the files, relative to the workspace folder: what a path in them is relative to. */
  readonly directories: Directories;
}

export interface Directories {
  /** `undefined`: not known, so that no file can be found. */
  readonly requestFile: string | undefined;
  readonly project: string | undefined;
}

/** Puts variables in. Each variable is evaluated once, so that a send sees one value of it everywhere. */
export class Evaluator {
  readonly #input: EvaluatorInput;
  readonly #values = new Map<string, Evaluation<Resolved>>();
  readonly #active: string[] = [];

  constructor(input: EvaluatorInput) {
    this.#input = input;
  }

  /** Where names are looked up. */
  get scopes(): Scopes {
    return this.#input.scopes;
  }

  /** Folder of the request file. */
  get directory(): string | undefined {
    return this.#input.directories.requestFile;
  }

  /** A value with its type. `elsewhere`: the value was written in the other file. */
  value(value: Value, elsewhere: boolean): Evaluation<Resolved> {
    switch (value.kind) {
      case 'text':
        return this.#typedText(value, elsewhere);
      case 'number':
        return success(rawOf(value.literal));
      case 'boolean':
        return success(rawOf(String(value.value)));
      case 'null':
        return success(rawOf('null'));
      case 'list': {
        const items = all(value.items.map((item) => this.value(item, elsewhere)));
        return andThen(items, (values) => limited(listOf(values), value.range, elsewhere));
      }
      case 'map': {
        const entries = all(
          value.entries.map((entry) =>
            andThen(this.value(entry.value, elsewhere), (item) => success({ key: entry.key, value: item })),
          ),
        );
        return andThen(entries, (values) => limited(mapOf(values), value.range, elsewhere));
      }
    }
  }

  /** A value for places that are made of texts: only a list of one whole variable keeps its form. */
  field(value: Value, elsewhere: boolean): Evaluation<Resolved> {
    if (value.kind !== 'text') return this.value(value, elsewhere);
    const [only] = value.parts;
    const whole = value.parts.length === 1 && typeof only === 'object' ? only : undefined;
    if (whole) return this.#expression(whole, false, elsewhere);
    return andThen(this.text(value, elsewhere), (text) => success(textOf(text)));
  }

  /** @param put what is made of each text that is put in, such as its escaped form. */
  text(template: Template, elsewhere: boolean, put?: (text: string) => string): Evaluation<Sensitive> {
    const pieces = template.parts.map((part) =>
      typeof part === 'string' ? success(part) : this.#put(part, elsewhere, put),
    );
    return andThen(all(pieces), (texts) => {
      const size = texts.reduce((sum, text) => sum + text.length, 0);
      return size > MAX_SIZE ? tooBig(template.range, elsewhere) : success(joinSensitive(texts));
    });
  }

  /** The value of a variable by name, for a use at the given place. */
  variable(name: string, range: TextRange, elsewhere: boolean): Evaluation<Resolved> {
    const known = this.#values.get(name);
    if (known) return known;
    const ofRow = this.#input.supplies.row?.(name);
    if (ofRow) return supplied(ofRow, range, elsewhere);
    const found = findVariable(name, this.#input.scopes);
    if (!found) return this.#unknown(name, range, elsewhere);
    if (this.#active.includes(name)) {
      const chain = [...this.#active.slice(this.#active.indexOf(name)), name].join(' → ');
      return failure('variable.cycle', range, { name, chain: shorten(chain, 300) }, elsewhere);
    }
    if (this.#active.length >= MAX_DEPTH) {
      return failure('variable.tooDeep', range, { name, limit: MAX_DEPTH }, elsewhere);
    }
    this.#active.push(name);
    const value = this.#evaluate(found.variable);
    this.#active.pop();
    this.#values.set(name, value);
    return value;
  }

  #evaluate(variable: Variable): Evaluation<Resolved> {
    const elsewhere = this.#input.home === 'requestFile' && variable.origin !== 'requestFile';
    if (variable.faults.length === 0) return this.value(variable.value, elsewhere);
    if (!elsewhere) return { ok: false, failures: variable.faults.map((fault) => ({ ...fault, elsewhere })) };
    const file = variable.origin === 'localProjectFile' ? 'latchkey.local.yaml' : 'latchkey.yaml';
    return failure('variable.faulty', variable.nameRange, { name: variable.name, file }, elsewhere);
  }

  #unknown(name: string, range: TextRange, elsewhere: boolean): Evaluation<Resolved> {
    const { scopes } = this.#input;
    const environments = environmentsWith(name, scopes);
    if (environments.length > 0) {
      const data = { name, environments: shorten(environments.join(', '), 200) };
      const { environment, project } = scopes;
      if (environment === undefined) return failure('variable.needsEnvironment', range, data, elsewhere);
      if (project?.environments.has(environment) === true)
        return failure('variable.notInEnvironment', range, { ...data, environment: shorten(environment) }, elsewhere);
    }
    const close = nearest(name, [...visibleNames(scopes), ...(this.#input.supplies.rowNames ?? [])]);
    if (close === undefined) return failure('variable.unknownHere', range, { name }, elsewhere);
    return failure('variable.unknown', range, { name, nearest: close }, elsewhere);
  }

  #typedText(template: Template, elsewhere: boolean): Evaluation<Resolved> {
    const [only] = template.parts;
    if (template.parts.length === 1 && typeof only === 'object') return this.#expression(only, true, elsewhere);
    return andThen(this.text(template, elsewhere), (text) => success(textOf(text)));
  }

  #put(expression: Expression, elsewhere: boolean, put: ((text: string) => string) | undefined): Evaluation<Sensitive> {
    const text = this.#textOf(expression, elsewhere);
    return put ? andThen(text, (found) => success(inForm(found, put))) : text;
  }

  #textOf(expression: Expression, elsewhere: boolean): Evaluation<Sensitive> {
    return andThen(this.#expression(expression, false, elsewhere), (value) => {
      const text = converted(toText(value), expression, elsewhere);
      return andThen(text, (item) => success<Sensitive>(item.kind === 'text' ? item.text : ''));
    });
  }

  #expression(expression: Expression, typed: boolean, elsewhere: boolean): Evaluation<Resolved> {
    const source = this.#source(expression, elsewhere);
    const placed = elsewhere ? source : located(source, expression.range);
    return andThen(placed, (value) => converted(applyFilters(value, expression.filters, typed), expression, elsewhere));
  }

  #source({ source, range }: Expression, elsewhere: boolean): Evaluation<Resolved> {
    const { now, random } = this.#input;
    switch (source.kind) {
      case 'variable':
        return this.variable(source.name, range, elsewhere);
      case 'uuid':
        return success(textOf(uuid(random)));
      case 'now':
        return success(textOf(new Date(now + source.offset).toISOString()));
      case 'random':
        return success(rawOf(String(randomInteger(source.min, source.max, random))));
      case 'secret':
      case 'env':
      case 'input':
      case 'capture':
        return supplied(this.#input.supplies.find(source), range, elsewhere);
      case 'file':
        return this.#file(source.path, range, elsewhere);
      case 'faulty':
        return { ok: false, failures: [] };
    }
  }

  /** The file that a path names from where it is written. */
  #file(path: string, range: TextRange, elsewhere: boolean): Evaluation<Resolved> {
    const { home, directories, supplies } = this.#input;
    const directory = home === 'project' || elsewhere ? directories.project : directories.requestFile;
    try {
      if (directory === undefined) {
        checkPath(path);
        return { ok: false, failures: [] };
      }
      const found = workspacePath(directory, path);
      return supplied(supplies.find({ kind: 'file', path: found }), range, elsewhere);
    } catch (error) {
      if (!(error instanceof LatchkeyError)) throw error;
      const code = error.code === 'file.forbidden' ? 'expression.fileForbidden' : 'expression.fileOutside';
      return failure(code, range, { file: shorten(path) }, elsewhere);
    }
  }
}

function supplied(found: Supplied, range: TextRange, elsewhere: boolean): Evaluation<Resolved> {
  switch (found.state) {
    case 'known':
      return success(found.value);
    case 'later':
      return { ok: false, failures: [] };
    case 'missing':
      return failure(found.code, range, found.data, elsewhere);
  }
}

function converted(result: Converted, expression: Expression, elsewhere: boolean): Evaluation<Resolved> {
  if (result.ok) return success(result.value);
  const name = sourceText(expression.source);
  return failure(result.code, expression.range, { name, ...result.data }, elsewhere);
}

function limited(value: Resolved, range: TextRange, elsewhere: boolean): Evaluation<Resolved> {
  return sizeOf(value) > MAX_SIZE ? tooBig(range, elsewhere) : success(value);
}

function tooBig(range: TextRange, elsewhere: boolean): Evaluation<never> {
  return failure('variable.tooBig', range, { limit: MAX_SIZE }, elsewhere);
}
