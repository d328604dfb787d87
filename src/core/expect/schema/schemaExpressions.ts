import { isMatch, type Effort } from '../../effort';
import { LinearExpression } from '../../regex/linearExpression';
import { shorten } from '../../request/shorten';
import { SchemaProblem } from './schemaProblem';

/** Answers that are remembered for the names of members, which most maps of a list have in common. */
const MOST_REMEMBERED = 10_000;

/** The regular expressions of a schema, which take linear time. */
export class SchemaExpressions {
  readonly #expressions = new Map<string, LinearExpression>();
  readonly #names = new Map<string, boolean>();
  readonly #effort: Effort;

  constructor(effort: Effort) {
    this.#effort = effort;
  }

  /** @throws SchemaProblem when it is none. */
  test(pattern: string, text: string): boolean {
    return isMatch(this.#expression(pattern), text, this.#effort);
  }

  /** The same for texts that come again. */
  testName(pattern: string, name: string): boolean {
    const key = `${pattern}\n${name}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const held = this.test(pattern, name);
    if (this.#names.size < MOST_REMEMBERED) this.#names.set(key, held);
    return held;
  }

  /** @throws SchemaProblem */
  require(pattern: string): void {
    this.#expression(pattern);
  }

  #expression(pattern: string): LinearExpression {
    const known = this.#expressions.get(pattern);
    if (known) return known;
    const parsed = LinearExpression.parse(pattern);
    if (!parsed.ok) throw new SchemaProblem(`the schema has the pattern ${shorten(pattern)}: ${parsed.problem}`);
    this.#expressions.set(pattern, parsed.expression);
    return parsed.expression;
  }
}
