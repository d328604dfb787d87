import { Composer, Lexer, Parser, type Document } from 'yaml';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import { finish, type Steps } from '../steps';
import { applyPatches, hasPatches, isUnclosed, unquotedBraces, type Patch } from './patches';

/** Characters of the longest file that is read. Such a file takes a second or two; real ones are a hundredth of it. */
export const MAX_CHARACTERS = 4_000_000;
/** Levels of nesting. */
export const MAX_DEPTH = 100;
/** After that many, further syntax errors in one file are left out. */
export const MAX_SYNTAX_ERRORS = 100;

export interface ReadDocument {
  readonly document: Document.Parsed | undefined;
  /** The text that was parsed: as long as the one given, with what YAML would have stumbled over replaced. */
  readonly text: string;
  /** Something was replaced. */
  readonly isPatched: boolean;
}

/** Reads the first YAML document of a text. Never throws; what is wrong is reported. */
export function readDocument(text: string, reporter: Reporter): ReadDocument {
  return finish(readDocumentInSteps(text, reporter));
}

/** The same, a few milliseconds at a time; only what the library does at a document's end takes as long as it takes. */
export function* readDocumentInSteps(text: string, reporter: Reporter): Steps<ReadDocument> {
  if (text.length > MAX_CHARACTERS) {
    reporter.error('yaml.fileTooBig', { start: 0, end: firstLineEnd(text) }, { limit: MAX_CHARACTERS });
    return { document: undefined, text, isPatched: false };
  }
  const clean = replaceControlCharacters(text, reporter);
  return yield* composePatched(clean, reporter);
}

/** A patch can bring to light what was hidden behind it; more than a few layers are not worth the time. */
const MAX_PASSES = 4;

function* composePatched(clean: string, reporter: Reporter): Steps<ReadDocument> {
  let text = clean;
  // A text that holds our own stand-ins is read as it is.
  let left = hasPatches(clean) ? 0 : MAX_PASSES - 1;
  let pass = yield* compose(text, left === 0, reporter);
  while (left > 0 && pass.patches.length > 0) {
    text = applyPatches(text, pass.patches);
    pass = yield* compose(text, --left === 0, reporter);
  }
  for (const report of pass.reports) report();
  if (pass.document) reportSyntaxErrors(pass.document.errors, text, reporter);
  return { document: pass.document, text, isPatched: text !== clean };
}

/** What one pass found; reported only when it is the pass that counts. */
interface Pass {
  readonly document: Document.Parsed | undefined;
  /** In order of position, without overlap. */
  readonly patches: readonly Patch[];
  readonly reports: readonly (() => void)[];
}

function* compose(text: string, last: boolean, reporter: Reporter): Steps<Pass> {
  const state: ComposeState = {
    composer: new Composer({
      // All scalars stay text: which of them are numbers is our own rule, and so is which keys are the same.
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    }),
    document: undefined,
    documents: 0,
    badTokens: 0,
    stop: false,
    last,
    patches: [],
    reports: [],
    reporter,
  };
  try {
    yield* run(text, state);
  } catch (error) {
    // The package promises not to throw; should it run out of stack all the same, the editor must not notice.
    const problem = error instanceof Error ? error.message : String(error);
    state.reports.push(() => state.reporter.error('yaml.syntax', { start: 0, end: firstLineEnd(text) }, { problem }));
  }
  return { document: state.document, patches: state.patches, reports: state.reports };
}

interface ComposeState {
  readonly composer: Composer;
  document: Document.Parsed | undefined;
  documents: number;
  badTokens: number;
  stop: boolean;
  /** No pass follows, so the text is composed whatever it is like. */
  readonly last: boolean;
  readonly patches: Patch[];
  readonly reports: (() => void)[];
  readonly reporter: Reporter;
}

/** Tokens that fit nowhere; a text with more of them is no YAML, and each costs as much as a line of it. */
const MAX_BAD_TOKENS = 10_000;

/** A millisecond's work or two. */
const LEXEMES_PER_STEP = 1_000;

/** Lexer, parser and composer in step, so that hostile input is noticed before it costs anything. */
function* run(text: string, state: ComposeState): Steps<void> {
  const reading: Reading = { lexemes: new Lexer().lex(text), parser: new Parser(), previous: '', offset: 0 };
  for (;;) {
    const reached = withoutStacks(() => readSome(text, reading, state));
    if (reached === 'tooDeep') return;
    if (reached === 'end') break;
    yield;
  }
  if (state.patches.length > 0 && !state.last) return;
  withoutStacks(() => {
    if (!state.stop) for (const token of reading.parser.end()) feed(token, state);
    for (const document of state.composer.end()) state.document ??= document;
  });
}

/** How far a text has been read. */
interface Reading {
  readonly lexemes: Iterator<string>;
  readonly parser: Parser;
  previous: string;
  offset: number;
}

function readSome(text: string, reading: Reading, state: ComposeState): 'more' | 'end' | 'tooDeep' {
  const { lexemes, parser } = reading;
  for (let count = 0; count < LEXEMES_PER_STEP; count++) {
    const next = lexemes.next();
    if (next.done === true) return 'end';
    const lexeme = next.value;
    inspect(lexeme, reading.previous, reading.offset, text, state);
    reading.previous = lexeme;
    if (!SIGNALS.has(lexeme)) reading.offset += lexeme.length;
    // Once a patch is needed, what the composer makes of this pass is of no use, and its errors are costly.
    if (state.patches.length > 0 && !state.last) continue;
    for (const token of parser.next(lexeme)) feed(token, state);
    if (parser.stack.length > MAX_DEPTH + 2) {
      stopTooDeep(parser.offset, state);
      return 'tooDeep';
    }
    if (state.stop) return 'end';
  }
  return 'more';
}

/**
 * The package makes an `Error` of every mistake. Nobody sees where in the code, and to write that down takes longer than
 * all the rest: seconds for a hundred thousand characters that are no YAML.
 */
function withoutStacks<T>(work: () => T): T {
  const limited = Error as { stackTraceLimit?: number };
  const before = limited.stackTraceLimit;
  limited.stackTraceLimit = 0;
  try {
    return work();
  } finally {
    if (before === undefined) delete limited.stackTraceLimit;
    else limited.stackTraceLimit = before;
  }
}

type ParserToken = ReturnType<Parser['next']> extends Generator<infer T> ? T : never;

function feed(token: ParserToken, state: ComposeState): void {
  if (token.type === 'document' && ++state.documents > 1) {
    const range = { start: token.offset, end: token.offset + (token.start[0]?.source.length ?? 0) };
    state.reports.push(() => state.reporter.error('yaml.multipleDocuments', range));
    state.stop = true;
  }
  if (token.type === 'error' && ++state.badTokens > MAX_BAD_TOKENS) state.stop = true;
  if (state.stop) return;
  for (const document of state.composer.next(token)) state.document ??= document;
}

function stopTooDeep(offset: number, state: ComposeState): void {
  state.document = undefined;
  const range = { start: Math.max(0, offset - 1), end: offset };
  state.reports.push(() => state.reporter.error('yaml.tooDeep', range, { limit: MAX_DEPTH }));
}

/** The lexer announces a plain scalar by this character. */
const SCALAR = '\x1f';
/** Lexemes that stand for no character of the text: a document starts, a flow collection breaks off, a scalar follows. */
const SIGNALS: ReadonlySet<string> = new Set(['\x02', '\x18', SCALAR]);

function inspect(lexeme: string, previous: string, offset: number, text: string, state: ComposeState): void {
  const code = lexeme.charCodeAt(0);
  if (code === 0x7b /* { */) {
    addPatch(unquotedBraces(text, offset, previous), state);
  } else if ((code === 0x21 /* ! */ || code === 0x25) /* % */ && previous !== SCALAR) {
    const range = { start: offset, end: offset + lexeme.length };
    if (code === 0x21) state.reports.push(() => state.reporter.error('yaml.tag', range, { tag: shorten(lexeme) }));
    else state.reports.push(() => state.reporter.error('yaml.directive', range, { directive: shorten(lexeme) }));
  } else if ((code === 0x22 /* " */ || code === 0x27) /* ' */ && previous !== SCALAR && isUnclosed(lexeme)) {
    // Reported at once: with the patch in place the next pass does not meet it.
    const range = { start: offset, end: lineEnd(text, offset) };
    state.reporter.error('yaml.unclosedQuote', range, { quote: lexeme.charAt(0) });
    addPatch({ start: offset, end: offset + 1 }, state);
  }
}

function addPatch(patch: Patch | undefined, state: ComposeState): void {
  if (patch && (state.patches.at(-1)?.end ?? 0) <= patch.start) state.patches.push(patch);
}

/** One error a line: what follows on the same line is nearly always the same mistake again. */
function reportSyntaxErrors(errors: Document.Parsed['errors'], text: string, reporter: Reporter): void {
  const sorted = errors.map(({ code, message, pos }) => ({ code, message, pos: placeOf(message, pos, text) }));
  sorted.sort((a, b) => a.pos[0] - b.pos[0]);
  let lineEnd = -1;
  let count = 0;
  for (const error of sorted) {
    const [from, to] = error.pos;
    const start = Math.min(Math.max(0, from), text.length);
    if (error.code === 'TAG_RESOLVE_FAILED' || error.code === 'BAD_DIRECTIVE' || start <= lineEnd) continue;
    if (++count > MAX_SYNTAX_ERRORS) break;
    const range = { start, end: Math.min(Math.max(to, start), text.length) };
    if (error.code === 'TAB_AS_INDENT') reporter.error('yaml.tab', range);
    else reporter.error('yaml.syntax', range, { problem: problemOf(error.message, text, start) });
    const next = text.indexOf('\n', start);
    lineEnd = next < 0 ? text.length : next;
  }
}

/** YAML gives up at such a bracket. */
export const UNQUOTED_BRACKET = 'inside of braces and brackets a text with { or [ in it must be in quotes';

/** What the library says, or what it means where its words help nobody. */
function problemOf(message: string, text: string, at: number): string {
  if (message.startsWith('Nested mappings are not allowed in compact mappings')) {
    return 'the value goes on with a second colon; put it in quotes, or begin a line with what is an entry of its own';
  }
  if (message.startsWith('Missing , or : between flow map items') && /\S\[/.test(text.slice(at - 1, at + 1))) {
    return 'inside of braces a text with [ or ] must be in quotes, such as "$.items[0].id"';
  }
  if (/^Unexpected flow-(?:map|seq)-start at node end$/.test(message)) {
    return UNQUOTED_BRACKET;
  }
  const reserved = /^Plain value cannot start with reserved character (.)/.exec(message)?.[1];
  if (reserved !== undefined) return `a value that begins with ${reserved} must be in quotes`;
  return shorten(message.replace(/\.$/, ''), 200);
}

type ErrorPosition = readonly [start: number, end: number];

/** That braces are not closed is noticed where the next thing begins; it belongs to what was left open. */
function placeOf(message: string, pos: ErrorPosition, text: string): ErrorPosition {
  const [start] = pos;
  if (!/ end with a [}\]]$/.test(message)) return pos;
  const { length } = text.slice(0, start).trimEnd();
  return length < start ? [Math.max(0, length - 1), length] : pos;
}

// YAML forbids these, the package lets them pass, and some are its lexer's own signals. A lone carriage return is a
// line break to YAML and none to the package.
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]|\r(?!\n)/g;
/** The same of characters that may not stand in a file. */
export const MAX_CONTROL_REPORTS = 20;

function replaceControlCharacters(text: string, reporter: Reporter): string {
  let count = 0;
  return text.replace(CONTROL, (character, offset: number) => {
    // What stands for bytes that could not be read.
    const isLost = character === '\ufffd';
    if (++count <= MAX_CONTROL_REPORTS) {
      const range = { start: offset, end: offset + 1 };
      const hex = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
      if (isLost) reporter.warning('yaml.notUtf8', range);
      else reporter.error('yaml.controlCharacter', range, { character: `U+${hex}` });
    }
    return character === '\r' ? '\n' : '\ufffd';
  });
}

function firstLineEnd(text: string): number {
  return lineEnd(text, 0);
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? Math.min(text.length, offset + 80) : end;
}
