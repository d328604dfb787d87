import type { ShellLeftover } from './shellWords';

/** What a cURL command line says, option by option. Texts can hold {@link expressionMark}s. */
export interface CurlCommand {
  /** Absent: the command has none. */
  readonly url?: string;
  /** `-X`. */
  readonly method?: string;
  /** `-I`. */
  readonly head?: boolean;
  /** `-G`: data goes into the query. */
  readonly get?: boolean;
  readonly headers: readonly CurlHeader[];
  readonly data: readonly CurlData[];
  readonly form: readonly CurlFormField[];
  readonly urlQuery: readonly string[];
  /** `-T`: a path; `-` is the standard input. */
  readonly upload?: string;
  readonly user?: string;
  readonly scheme: 'basic' | 'digest';
  readonly bearer?: string;
  /** `provider1[:provider2[:region[:service]]]`. */
  readonly awsSigV4?: string;
  readonly cookies: readonly string[];
  /** Seconds. */
  readonly maxTime?: number;
  readonly connectTimeout?: number;
  readonly maxRedirects?: number;
  /** What a here-document gives it to read. */
  readonly input?: string;
  readonly notices: readonly CurlNotice[];
}

export interface CurlHeader {
  readonly name: string;
  /** `undefined`: a header of curl's own is left out. */
  readonly value: string | undefined;
}

export interface CurlData {
  readonly kind: 'text' | 'binary' | 'raw' | 'urlencode' | 'json';
  readonly value: string;
}

export interface CurlFormField {
  readonly field: string;
  /** `--form-string`: `@` and `<` mean nothing. */
  readonly literal: boolean;
}

/** What of the command the request will not have. Never holds an argument, which could be a secret. */
export type CurlNotice =
  | { readonly kind: 'option'; readonly option: string }
  | {
      readonly kind:
        ShellLeftover | 'moreUrls' | 'fileStripped' | 'mixedFiles' | 'cookieFile' | 'standardInput' | 'globbing';
    };
