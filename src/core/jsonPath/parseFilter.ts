import { JsonNumber, type JsonValue } from '../json/jsonValue';
import { parseSegments } from './parseJsonPath';
import { isSingular, type Comparable, type JsonPathQuery, type Logical, type Operator } from './query';
import type { Scanner } from './scanner';

/** Filters and brackets in each other. */
const MAX_DEPTH = 20;

/** A logical expression (RFC 9535 §2.3.5), up to what cannot be part of it. */
export function parseFilter(scanner: Scanner, depth: number): Logical {
  if (depth > MAX_DEPTH) scanner.fail('the nesting is too deep');
  return parseTerms(scanner, 'or', '||', () => parseTerms(scanner, 'and', '&&', () => parseTerm(scanner, depth)));
}

function parseTerms(scanner: Scanner, kind: 'or' | 'and', operator: string, parse: () => Logical): Logical {
  const first = parse();
  const terms = [first];
  for (;;) {
    const before = scanner.at;
    scanner.skipSpace();
    if (!scanner.takes(operator)) {
      scanner.at = before;
      return terms.length === 1 ? first : { kind, terms };
    }
    scanner.skipSpace();
    terms.push(parse());
  }
}

function parseTerm(scanner: Scanner, depth: number): Logical {
  if (scanner.takes('!')) {
    scanner.skipSpace();
    return { kind: 'not', term: parseBracketsOrTest(scanner, depth) };
  }
  if (scanner.sees('(')) return parseBracketsOrTest(scanner, depth);
  const start = scanner.at;
  const left = parseOperand(scanner, depth);
  const before = scanner.at;
  scanner.skipSpace();
  const operator = parseOperator(scanner);
  if (operator === undefined) {
    scanner.at = before;
    return toTest(left, scanner, start);
  }
  scanner.skipSpace();
  const middle = scanner.at;
  const right = parseOperand(scanner, depth);
  return {
    kind: 'compare',
    operator,
    left: toComparable(left, scanner, start),
    right: toComparable(right, scanner, middle),
  };
}

function parseBracketsOrTest(scanner: Scanner, depth: number): Logical {
  if (!scanner.takes('(')) {
    const start = scanner.at;
    return toTest(parseOperand(scanner, depth), scanner, start);
  }
  scanner.skipSpace();
  const inner = parseFilter(scanner, depth + 1);
  scanner.skipSpace();
  scanner.expect(')');
  return inner;
}

const OPERATORS: readonly Operator[] = ['==', '!=', '<=', '>=', '<', '>'];

function parseOperator(scanner: Scanner): Operator | undefined {
  return OPERATORS.find((operator) => scanner.takes(operator));
}

/** What stands at one side of a comparison or alone, before it is known which. */
type Operand =
  | { readonly kind: 'nodes'; readonly query: JsonPathQuery }
  | { readonly kind: 'one'; readonly comparable: Comparable }
  | { readonly kind: 'test'; readonly test: Logical };

function parseOperand(scanner: Scanner, depth: number): Operand {
  for (const root of ['@', '$'] as const) {
    if (scanner.takes(root)) return { kind: 'nodes', query: { root, segments: parseSegments(scanner, depth) } };
  }
  const start = scanner.at;
  const name = scanner.functionName();
  if (name !== undefined) return parseCall(name, start, scanner, depth);
  const value = parseLiteral(scanner);
  if (value !== undefined) return { kind: 'one', comparable: { kind: 'literal', value } };
  return scanner.fail('a path such as @.name, a value or a function is missing');
}

function parseLiteral(scanner: Scanner): JsonValue | undefined {
  const text = scanner.string();
  if (text !== undefined) return text;
  if (scanner.takes('true')) return true;
  if (scanner.takes('false')) return false;
  if (scanner.takes('null')) return null;
  const number = scanner.number();
  return number === undefined ? undefined : new JsonNumber(number);
}

/** The functions of RFC 9535 §2.4, and nothing else. */
function parseCall(name: string, start: number, scanner: Scanner, depth: number): Operand {
  if (depth > MAX_DEPTH) scanner.fail('the nesting is too deep');
  switch (name) {
    case 'length': {
      const [of] = parseArguments(scanner, depth, [toComparable]);
      return { kind: 'one', comparable: { kind: 'length', of } };
    }
    case 'count':
    case 'value': {
      const [query] = parseArguments(scanner, depth, [toNodes]);
      return { kind: 'one', comparable: { kind: name, query } };
    }
    case 'match':
    case 'search': {
      const [text, pattern] = parseArguments(scanner, depth, [toComparable, toComparable]);
      return { kind: 'test', test: { kind: 'matches', whole: name === 'match', text, pattern } };
    }
    default:
      return scanner.fail(`there is no function ${name}`, start);
  }
}

type Convert<T> = (operand: Operand, scanner: Scanner, start: number) => T;

function parseArguments<T extends readonly unknown[]>(
  scanner: Scanner,
  depth: number,
  converts: { readonly [K in keyof T]: Convert<T[K]> },
): T {
  const values = converts.map((convert, index) => {
    scanner.skipSpace();
    if (index > 0) {
      scanner.expect(',');
      scanner.skipSpace();
    }
    const start = scanner.at;
    return convert(parseOperand(scanner, depth + 1), scanner, start);
  });
  scanner.skipSpace();
  scanner.expect(')');
  return values as unknown as T;
}

function toNodes(operand: Operand, scanner: Scanner, start: number): JsonPathQuery {
  return operand.kind === 'nodes' ? operand.query : scanner.fail('a path is wanted here', start);
}

function toComparable(operand: Operand, scanner: Scanner, start: number): Comparable {
  if (operand.kind === 'one') return operand.comparable;
  if (operand.kind === 'test') return scanner.fail('this function gives no value to compare', start);
  if (isSingular(operand.query)) return { kind: 'query', query: operand.query };
  return scanner.fail('a path that can find several values cannot be compared', start);
}

function toTest(operand: Operand, scanner: Scanner, start: number): Logical {
  if (operand.kind === 'nodes') return { kind: 'exists', query: operand.query };
  if (operand.kind === 'test') return operand.test;
  return scanner.fail('a value alone is no condition; compare it with something', start);
}
