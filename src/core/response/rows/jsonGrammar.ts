import { BACKSLASH, DOT, isDigit, MINUS, OPEN_ARRAY, OPEN_OBJECT, PLUS, QUOTE, SLASH, ZERO } from './jsonBytes';

/**
 * What may come next in a JSON text; inside a string, a number or a literal, what has come of it. Those from
 * {@link AT_ESCAPE} on are inside of a token.
 */
export type Mode = number;
export const AT_VALUE = 0;
export const AT_FIRST_ELEMENT = 1;
export const AT_FIRST_KEY = 2;
export const AT_KEY = 3;
export const AT_COLON = 4;
export const AT_COMMA_OR_CLOSE = 5;
export const AT_NOTHING = 6;
export const AT_STRING = 7;
export const AT_ESCAPE = 8;
export const AT_HEX = 9;
const AT_MINUS = 10;
const AT_ZERO = 11;
const AT_INTEGER = 12;
const AT_DOT = 13;
const AT_FRACTION = 14;
const AT_EXPONENT = 15;
const AT_EXPONENT_SIGN = 16;
const AT_EXPONENT_DIGITS = 17;
export const AT_LITERAL = 18;

const LITERALS: readonly string[] = ['true', 'false', 'null'];
const ESCAPES: ReadonlySet<number> = new Set([QUOTE, BACKSLASH, SLASH, ...Array.from('bfnrtu', codeOf)]);
const UNICODE_ESCAPE = codeOf('u');

/** What the first byte of a value leads to; `undefined`: no value begins with it. */
export function modeOfValue(code: number): Mode | undefined {
  switch (code) {
    case QUOTE:
      return AT_STRING;
    case OPEN_OBJECT:
      return AT_FIRST_KEY;
    case OPEN_ARRAY:
      return AT_FIRST_ELEMENT;
    case MINUS:
      return AT_MINUS;
    case ZERO:
      return AT_ZERO;
    case 116:
    case 102:
    case 110:
      return AT_LITERAL;
    default:
      return isDigit(code) ? AT_INTEGER : undefined;
  }
}

/** The part of a number that a byte leads to; `undefined`: it is no part of it. */
export function nextInNumber(mode: Mode, code: number): Mode | undefined {
  const digit = isDigit(code);
  switch (mode) {
    case AT_MINUS:
      return code === ZERO ? AT_ZERO : digit ? AT_INTEGER : undefined;
    case AT_ZERO:
    case AT_INTEGER:
      if (digit) return mode === AT_INTEGER ? AT_INTEGER : undefined;
      return code === DOT ? AT_DOT : (code | 32) === 101 ? AT_EXPONENT : undefined;
    case AT_DOT:
      return digit ? AT_FRACTION : undefined;
    case AT_FRACTION:
      return digit ? AT_FRACTION : (code | 32) === 101 ? AT_EXPONENT : undefined;
    case AT_EXPONENT:
      return digit ? AT_EXPONENT_DIGITS : code === PLUS || code === MINUS ? AT_EXPONENT_SIGN : undefined;
    case AT_EXPONENT_SIGN:
    case AT_EXPONENT_DIGITS:
      return digit ? AT_EXPONENT_DIGITS : undefined;
    default:
      return undefined;
  }
}

/** A number may end here. */
export function isWholeNumber(mode: Mode): boolean {
  return mode === AT_ZERO || mode === AT_INTEGER || mode === AT_FRACTION || mode === AT_EXPONENT_DIGITS;
}

/** Which of the literals begins with a byte; -1: none. */
export function literalOf(code: number): number {
  return LITERALS.findIndex((literal) => literal.charCodeAt(0) === code);
}

/** Whether a byte is the one at a place of a literal, and the last one of it. */
export function literalByte(literal: number, place: number, code: number): 'no' | 'more' | 'last' {
  const text = LITERALS[literal] ?? '';
  if (text.charCodeAt(place) !== code) return 'no';
  return place === text.length - 1 ? 'last' : 'more';
}

/** What a byte after a backslash leads to; `undefined`: it is no escape. */
export function modeOfEscape(code: number): Mode | undefined {
  if (!ESCAPES.has(code)) return undefined;
  return code === UNICODE_ESCAPE ? AT_HEX : AT_STRING;
}

function codeOf(character: string): number {
  return character.charCodeAt(0);
}
