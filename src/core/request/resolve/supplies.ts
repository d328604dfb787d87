import type { TemplateData } from '../../text/template';
import type { DiagnosticCode } from '../diagnostic';
import type { ExpressionSource } from '../value';
import type { Resolved } from './resolved';

/** A value that no file of the project holds, and that whoever sends has to come up with. */
export type Need =
  | { readonly kind: 'secret' | 'env' | 'input'; readonly name: string }
  /** Relative to the workspace folder, with `/` between its parts. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'capture'; readonly request: string; readonly name: string };

export type Supplied =
  | { readonly state: 'known'; readonly value: Resolved }
  /** Not asked for yet. What depends on it has no value, and nothing is wrong with that. */
  | { readonly state: 'later' }
  | { readonly state: 'missing'; readonly code: DiagnosticCode; readonly data: TemplateData };

/**
 * Where values come in. What comes in is data: an evaluator puts it in once and expands nothing in it, so that one look
 * at the files tells everything that a request needs.
 */
export interface Supplies {
  find(need: Need): Supplied;
  /** A field of the row that is sent (`forEach`), which hides every variable of its name. */
  row?(name: string): Supplied | undefined;
  /** The fields, where they are known before. */
  readonly rowNames?: ReadonlySet<string> | undefined;
}

/** One text for the same need. */
export function needKey(need: Need): string {
  switch (need.kind) {
    case 'file':
      return `file ${need.path}`;
    case 'capture':
      return `capture ${need.request}.${need.name}`;
    case 'secret':
    case 'env':
    case 'input':
      return `${need.kind} ${need.name}`;
  }
}

/** The source as it is written between the braces. */
export function sourceText(source: ExpressionSource): string {
  switch (source.kind) {
    case 'variable':
      return source.name;
    case 'capture':
      return `${source.request}.${source.name}`;
    case 'secret':
    case 'env':
    case 'input':
      return `${source.kind}:${source.name}`;
    case 'file':
      return `file:${source.path}`;
    case 'random':
      return `random:${source.min}..${source.max}`;
    case 'uuid':
    case 'now':
      return source.kind;
    case 'faulty':
      return '…';
  }
}

/** For looking at files only: everything comes later. */
export const laterSupplies: Supplies = { find: () => ({ state: 'later' }) };

/** Where nothing comes in: whatever would have to is missing. */
export const noSupplies: Supplies = {
  find: (need) => ({ state: 'missing', code: 'variable.noValue', data: { name: needText(need) } }),
};

/** The need as it is written between the braces. */
export function needText(need: Need): string {
  return sourceText(need);
}

/** Notes everything that is asked for. */
export class NeedRecorder implements Supplies {
  readonly #needs = new Map<string, Need>();
  readonly #behind: Supplies;
  #hasField = false;

  constructor(behind: Supplies = laterSupplies) {
    this.#behind = behind;
  }

  find(need: Need): Supplied {
    this.#needs.set(needKey(need), need);
    return this.#behind.find(need);
  }

  row(name: string): Supplied | undefined {
    const field = this.#behind.row?.(name);
    if (field) this.#hasField = true;
    return field;
  }

  /** Whether a field of the row was found. */
  get hasField(): boolean {
    return this.#hasField;
  }

  get rowNames(): ReadonlySet<string> | undefined {
    return this.#behind.rowNames;
  }

  get needs(): readonly Need[] {
    return [...this.#needs.values()];
  }
}
