import { cmdWords, isCmdLine } from './cmdWords';
import type { CurlCommand, CurlData, CurlFormField, CurlHeader, CurlNotice } from './curlCommand';
import { isAboutOutput, isKnown, longName, takesArgument } from './curlOptions';
import { shellWords } from './shellWords';

/** Whether a text starts like a cURL command line, with the prompt it may have been copied with. */
export function isCurl(text: string): boolean {
  return /^\s*(?:[$>%#]\s+)?(?:[\w./\\-]*[/\\])?curl(?:\.exe)?["']?\s+\S/.test(text);
}

/** Reads a cURL command line. Never throws: what cannot be carried over is in the notices. */
export function parseCurl(text: string): CurlCommand {
  const { words, input, left } = isCmdLine(text) ? cmdWords(text) : shellWords(text);
  const start = words.findIndex((word) => /(?:^|[/\\])curl(?:\.exe)?$/.test(word));
  const reader = new CommandReader(words.slice(start + 1));
  reader.read();
  for (const kind of left) reader.notices.push({ kind });
  return { ...reader.draft, ...(input === undefined ? {} : { input }), notices: withoutRepeats(reader.notices) };
}

type Draft = { -readonly [K in keyof Omit<CurlCommand, 'notices' | 'input'>]: CurlCommand[K] };

class CommandReader {
  readonly notices: CurlNotice[] = [];
  readonly #words: readonly string[];
  readonly #headers: CurlHeader[] = [];
  readonly #data: CurlData[] = [];
  readonly #form: CurlFormField[] = [];
  readonly #cookies: string[] = [];
  readonly #urlQuery: string[] = [];
  readonly draft: Draft = {
    ...{ headers: this.#headers, data: this.#data, form: this.#form, cookies: this.#cookies },
    ...{ urlQuery: this.#urlQuery, scheme: 'basic' },
  };
  #at = 0;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  read(): void {
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at++] ?? '';
      if (word === '--') continue;
      if (word === '--next' || word === '-:') {
        this.notices.push({ kind: 'moreCommands' });
        return;
      }
      if (word.startsWith('--')) this.#long(word.slice(2));
      else if (word.startsWith('-') && word.length > 1) this.#short(word.slice(1));
      else this.#url(word);
    }
  }

  #long(word: string): void {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (!isKnown(name)) this.#unknown(name, equals >= 0);
    else if (!takesArgument(name)) this.#flag(name);
    else this.#option(name, equals < 0 ? this.#next() : word.slice(equals + 1));
  }

  /** Short options can stand together; the last one's argument may follow directly. */
  #short(letters: string): void {
    for (let at = 0; at < letters.length; at++) {
      const letter = letters.charAt(at);
      const name = longName(letter);
      if (name === undefined) this.notices.push({ kind: 'option', option: /\w/.test(letter) ? `-${letter}` : '-…' });
      else if (takesArgument(name)) {
        const rest = letters.slice(at + 1);
        this.#option(name, rest === '' ? this.#next() : rest);
        return;
      } else this.#flag(name);
    }
  }

  #next(): string {
    return this.#words[this.#at++] ?? '';
  }

  /** What follows is its argument, unless it looks like what else can follow. */
  #unknown(name: string, complete: boolean): void {
    const next = this.#words[this.#at];
    if (!complete && next !== undefined && !/^-|:\/\//.test(next) && this.#at + 1 < this.#words.length) this.#at++;
    this.#ignored(name);
  }

  #flag(name: string): void {
    if (name === 'get' || name === 'head') this.draft[name] = true;
    else if (name === 'digest' || name === 'basic') this.draft.scheme = name;
    else if (!isAboutOutput(name)) this.#ignored(name);
  }

  /** By long name; what is not here has no place in a request. */
  readonly #handlers: Readonly<Record<string, (value: string, name: string) => void>> = {
    url: (value) => this.#url(value),
    request: (value) => (this.draft.method = value),
    header: (value) => this.#header(value),
    'user-agent': (value) => this.#named('User-Agent', value),
    referer: (value) => this.#named('Referer', value.replace(/;auto$/, '')),
    range: (value) => this.#named('Range', `bytes=${value}`),
    data: (value) => this.#data.push({ kind: 'text', value }),
    'data-ascii': (value) => this.#data.push({ kind: 'text', value }),
    'data-binary': (value) => this.#data.push({ kind: 'binary', value }),
    'data-raw': (value) => this.#data.push({ kind: 'raw', value }),
    'data-urlencode': (value) => this.#data.push({ kind: 'urlencode', value }),
    json: (value) => this.#data.push({ kind: 'json', value }),
    'url-query': (value) => this.#urlQuery.push(value),
    form: (value) => this.#form.push({ field: value, literal: false }),
    'form-string': (value) => this.#form.push({ field: value, literal: true }),
    'upload-file': (value) => (this.draft.upload = value),
    user: (value) => (this.draft.user = value),
    'oauth2-bearer': (value) => (this.draft.bearer = value),
    'aws-sigv4': (value) => (this.draft.awsSigV4 = value),
    cookie: (value) => this.#cookie(value),
    'max-time': (value, name) => this.#number('maxTime', name, value),
    'connect-timeout': (value, name) => this.#number('connectTimeout', name, value),
    'max-redirs': (value, name) => this.#number('maxRedirects', name, value),
  };

  #option(name: string, value: string): void {
    const handle = Object.hasOwn(this.#handlers, name) ? this.#handlers[name] : undefined;
    if (handle) handle(value, name);
    else if (!isAboutOutput(name)) this.#ignored(name);
  }

  /** Without an equals sign it names a file. */
  #cookie(value: string): void {
    if (value.includes('=')) this.#cookies.push(value);
    else this.notices.push({ kind: 'cookieFile' });
  }

  #number(key: 'maxTime' | 'connectTimeout' | 'maxRedirects', name: string, value: string): void {
    const number = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : undefined;
    if (number === undefined) this.#ignored(name);
    else this.draft[key] = number;
  }

  #header(text: string): void {
    if (text.startsWith('@')) this.#ignored('header');
    const [, name = '', mark, value = ''] = /^([^:;]*)([:;]?)([^]*)$/.exec(text) ?? [];
    if (mark === ';' && value.trim() === '') this.#headers.push({ name: name.trim(), value: '' });
    else if (mark === ':') {
      const trimmed = value.trim();
      this.#headers.push({ name: name.trim(), value: trimmed === '' ? undefined : trimmed });
    }
  }

  #named(name: string, value: string): void {
    this.#headers.push({ name, value: value === '' ? undefined : value });
  }

  #url(url: string): void {
    if (this.draft.url !== undefined) this.notices.push({ kind: 'moreUrls' });
    else this.draft.url = url.trim();
  }

  /** What is not like any option's name could be anything, also a secret. */
  #ignored(name: string): void {
    this.notices.push({ kind: 'option', option: /^[a-z0-9.-]{1,30}$/.test(name) ? `--${name}` : '--…' });
  }
}

function withoutRepeats(notices: readonly CurlNotice[]): readonly CurlNotice[] {
  const known = new Set<string>();
  return notices.filter((notice) => {
    const key = JSON.stringify(notice);
    if (known.has(key)) return false;
    known.add(key);
    return true;
  });
}
