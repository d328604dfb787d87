/** Text as lines that are made when they are asked for. Lines are numbered from 0 here, and from 1 for people. */
export interface LineSource {
  readonly lineCount: number;
  /** The longest line in UTF-16 units, indentation included. */
  readonly longest: number;
  /** Columns by which the continuations of a line are indented more than the line. */
  readonly hang: number;
  /** Columns of indentation in front of {@link text}. */
  indent(line: number): number;
  /** Length of {@link text}, without making it. */
  length(line: number): number;
  /** The line without its indentation. */
  text(line: number): string;
  /** Whether this place in the line's text is inside a JSON string. */
  inString(line: number, offset: number): boolean;
}
