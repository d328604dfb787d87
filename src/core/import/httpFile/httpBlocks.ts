/** A request of an `.http` file as it is written, taken apart by lines. */
export interface HttpBlock {
  /** What stands behind `###`. */
  readonly title: string;
  /** Comments above the request line that are no directives. */
  readonly comments: readonly string[];
  /** `# @name value`. */
  readonly directives: readonly (readonly [name: string, value: string])[];
  /** `undefined`: there are only comments and variables. */
  readonly requestLine: string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** What runs before the request: whether there is anything. */
  readonly hasScriptBefore: boolean;
  /** Code of the response handlers. */
  readonly handlers: readonly string[];
  /** `?? status == 200`. */
  readonly assertions: readonly string[];
  /** Paths that the response would be written to. */
  readonly outputs: readonly string[];
}

export interface HttpBlocks {
  readonly blocks: readonly HttpBlock[];
  /** `@name = value`, in order. */
  readonly variables: readonly (readonly [name: string, value: string])[];
}

/** Cuts the text of an `.http` file into its requests. Never throws. */
export function httpBlocks(text: string): HttpBlocks {
  const variables: (readonly [string, string])[] = [];
  const blocks: HttpBlock[] = [];
  let title = '';
  let lines: string[] = [];
  const end = (): void => {
    blocks.push(new BlockReader(title, lines, variables).read());
  };
  for (const line of text.split(/\r\n?|\n/)) {
    const separator = /^#{3,}(.*)$/.exec(line);
    if (separator) {
      end();
      title = (separator[1] ?? '').trim();
      lines = [];
    } else lines.push(line);
  }
  end();
  return { blocks, variables };
}

class BlockReader {
  readonly #title: string;
  readonly #lines: readonly string[];
  readonly #variables: (readonly [string, string])[];
  readonly #comments: string[] = [];
  readonly #directives: (readonly [string, string])[] = [];
  readonly #headers: (readonly [string, string])[] = [];
  readonly #body: string[] = [];
  readonly #handlers: string[] = [];
  readonly #assertions: string[] = [];
  readonly #outputs: string[] = [];
  #requestLine: string | undefined;
  #hasScriptBefore = false;
  #at = 0;

  constructor(title: string, lines: readonly string[], variables: (readonly [string, string])[]) {
    this.#title = title;
    this.#lines = lines;
    this.#variables = variables;
  }

  read(): HttpBlock {
    this.#readAbove();
    this.#readHeaders();
    this.#readBody();
    return {
      title: this.#title,
      comments: this.#comments,
      directives: this.#directives,
      requestLine: this.#requestLine,
      headers: this.#headers,
      body: this.#body.join('\n').replace(/^\n+|\s+$/g, ''),
      hasScriptBefore: this.#hasScriptBefore,
      handlers: this.#handlers,
      assertions: this.#assertions,
      outputs: this.#outputs,
    };
  }

  #readAbove(): void {
    while (this.#at < this.#lines.length) {
      const line = this.#next();
      if (line.trim() === '' || this.#isComment(line) || this.#isVariable(line)) continue;
      if (/^<\s*\{%|^\{\{(?:[@+$].*)?\s*$/.test(line)) {
        this.#code(line, line.startsWith('<') ? '%}' : '}}');
        this.#hasScriptBefore = true;
      } else if (/^<\s+\S+\.js\s*$/.test(line)) this.#hasScriptBefore = true;
      else {
        this.#requestLine = line.trim();
        return;
      }
    }
  }

  #readHeaders(): void {
    while (this.#at < this.#lines.length) {
      const line = this.#next();
      if (line.trim() === '') return;
      if (/^\s*[?&]/.test(line) && !line.startsWith('??')) this.#continue(line);
      else if (/^\s+\//.test(line) && this.#headers.length === 0) this.#continue(line);
      else if (!this.#isComment(line) && !this.#isBelow(line)) {
        const [, name, value = ''] = /^\s*([^\s:]+)\s*:(.*)$/.exec(line) ?? [];
        if (name !== undefined) this.#headers.push([name, value.trim()]);
      }
    }
  }

  /** Long URLs go on in the next lines. */
  #continue(line: string): void {
    this.#requestLine = `${this.#requestLine ?? ''}${line.trim()}`;
  }

  #readBody(): void {
    while (this.#at < this.#lines.length) {
      const line = this.#next();
      if (!this.#isBelow(line)) this.#body.push(line);
    }
  }

  /** What is done with the response. */
  #isBelow(line: string): boolean {
    if (/^>\s*\{%/.test(line)) this.#handlers.push(this.#code(line, '%}'));
    else if (/^\{\{(?:@\w*|\+.*)?\s*$/.test(line)) this.#handlers.push(this.#code(line, '}}'));
    else if (/^>\s+\S+\.m?js\s*$/.test(line)) this.#handlers.push(`run ${line.slice(1).trim()}`);
    else if (/^\?\?\s/.test(line)) this.#assertions.push(line.slice(2).trim());
    else if (/^>>!?\s*\S/.test(line)) this.#outputs.push(line.replace(/^>>!?\s*/, '').trim());
    else return /^<>\s*\S/.test(line);
    return true;
  }

  /** Code up to the line that ends it. */
  #code(first: string, end: string): string {
    const start = first.replace(/^[<>]?\s*(?:\{%|\{\{\S*)/, '');
    if (start.includes(end)) return start.slice(0, start.indexOf(end));
    const code = [start];
    while (this.#at < this.#lines.length) {
      const line = this.#next();
      const found = end === '%}' ? line.indexOf(end) : line.trim() === end ? 0 : -1;
      if (found >= 0) return [...code, line.slice(0, found)].join('\n');
      code.push(line);
    }
    return code.join('\n');
  }

  #isComment(line: string): boolean {
    const comment = /^\s*(?:#|\/\/)(.*)$/.exec(line)?.[1]?.trim();
    if (comment === undefined) return false;
    const [, name, value = ''] = /^@([\w-]+)(?:[\s=:]+(.*))?$/.exec(comment) ?? [];
    if (name !== undefined) this.#directives.push([name, value.trim()]);
    else if (comment !== '' && this.#requestLine === undefined) this.#comments.push(comment);
    return true;
  }

  #isVariable(line: string): boolean {
    const [, name, value = ''] = /^\s*@([^\s=:]+)\s*:?=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined) return false;
    this.#variables.push([name, value.trim()]);
    return true;
  }

  #next(): string {
    return this.#lines[this.#at++] ?? '';
  }
}
