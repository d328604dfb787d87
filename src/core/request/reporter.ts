import type { TemplateData } from '../text/template';
import type { Diagnostic, DiagnosticCode, TextRange } from './diagnostic';

/** Collects diagnostics; the same fault at the same place (an alias can lead there twice) is shown once. */
export class Reporter {
  readonly #found = new Map<string, Diagnostic>();
  readonly #log: Diagnostic[] = [];

  error(code: DiagnosticCode, range: TextRange, data: TemplateData = {}): void {
    this.add({ code, severity: 'error', range, data });
  }

  warning(code: DiagnosticCode, range: TextRange, data: TemplateData = {}): void {
    this.add({ code, severity: 'warning', range, data });
  }

  info(code: DiagnosticCode, range: TextRange, data: TemplateData = {}): void {
    this.add({ code, severity: 'info', range, data });
  }

  add(diagnostic: Diagnostic): void {
    const key = `${diagnostic.code} ${diagnostic.range.start} ${diagnostic.range.end}`;
    const known = this.#found.get(key);
    if (!known) this.#found.set(key, diagnostic);
    // What met the same fault is as faulty as what met it first.
    this.#log.push(known ?? diagnostic);
  }

  /** A reporter into this one for a text that begins at an offset. */
  shifted(base: number): Reporter {
    return new ShiftedReporter(this, base);
  }

  /** A position for {@link errorsSince}. */
  get mark(): number {
    return this.#log.length;
  }

  /** The errors reported since the mark. */
  errorsSince(mark: number): readonly Diagnostic[] {
    if (this.#log.length === mark) return NONE;
    return this.#log.slice(mark).filter(isError);
  }

  /** All of them, by position. */
  sorted(): readonly Diagnostic[] {
    return [...this.#found.values()].sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  }
}

/** Keeps nothing itself. */
class ShiftedReporter extends Reporter {
  readonly #target: Reporter;
  readonly #base: number;

  constructor(target: Reporter, base: number) {
    super();
    this.#target = target;
    this.#base = base;
  }

  override add(diagnostic: Diagnostic): void {
    const { start, end } = diagnostic.range;
    this.#target.add({ ...diagnostic, range: { start: start + this.#base, end: end + this.#base } });
  }
}

/** Leaves out what lies exactly where somebody has found fault already: one mistake is told once. */
export class FurtherReporter extends Reporter {
  readonly #known: ReadonlySet<string>;

  constructor(known: readonly Diagnostic[]) {
    super();
    this.#known = new Set(known.map(placeText));
  }

  override add(diagnostic: Diagnostic): void {
    if (!this.#known.has(placeText(diagnostic))) super.add(diagnostic);
  }
}

function placeText({ range: { start, end } }: Diagnostic): string {
  return `${start} ${end}`;
}

const NONE: readonly Diagnostic[] = [];

function isError(diagnostic: Diagnostic): boolean {
  return diagnostic.severity === 'error';
}
