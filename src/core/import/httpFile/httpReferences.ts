import type { ImportedCapture } from '../importModel';
import { dynamicValue, type VariableNames } from '../placeholders';
import { jsonPathOf } from '../scripts';

/** What `{{login.response.body.$.token}}` and its like take out of the responses of named requests. */
export class HttpReferences {
  readonly #requests: ReadonlySet<string>;
  readonly #names: VariableNames;
  readonly #captures = new Map<string, (ImportedCapture & { readonly variable: string })[]>();

  /** @param requests the names of the requests. */
  constructor(requests: ReadonlySet<string>, names: VariableNames) {
    this.#requests = requests;
    this.#names = names;
  }

  /** The captures that a request needs for the others. */
  capturesOf(request: string): readonly ImportedCapture[] {
    return this.#captures.get(request) ?? [];
  }

  readonly read = (inner: string): string | undefined => {
    const reference = this.#reference(inner);
    return reference ? this.#variable(...reference, undefined) : dynamicValue(inner);
  };

  /** Whether a variable only stands for such a value: then it is the capture itself. */
  takes(variable: string, value: string): boolean {
    const inner = /^\{\{([^{}]+)\}\}$/.exec(value)?.[1]?.trim();
    const reference = inner === undefined ? undefined : this.#reference(inner);
    if (reference) this.#variable(...reference, variable);
    return reference !== undefined;
  }

  #variable(request: string, from: string, wanted: string | undefined): string {
    const captures = this.#captures.get(request) ?? [];
    const known = captures.find((each) => each.from === from && (wanted === undefined || each.variable === wanted));
    if (known) return known.variable;
    const word = /([\w-]+)[^\w]*$/.exec(from)?.[1] ?? 'body';
    const variable = wanted ?? this.#names.fresh(`${request}_${word}`);
    const name = captures.some((each) => each.name === word) ? variable : word;
    this.#captures.set(request, [...captures, { name, variable, from }]);
    return variable;
  }

  #reference(inner: string): readonly [request: string, from: string] | undefined {
    const [, request = '', place = ''] = /^([\w-]+)\.(.+)$/.exec(inner) ?? [];
    if (!this.#requests.has(request)) return undefined;
    const from = responseValue(place);
    return from === undefined ? undefined : [request, from];
  }
}

function responseValue(place: string): string | undefined {
  const header =
    /^(?:response\.)?headers\.([\w-]+)$/.exec(place)?.[1] ??
    /^(?:response\.)?headers\[["']([\w-]+)["']\]$/.exec(place)?.[1];
  if (header !== undefined) return `header:${header}`;
  const body = place.replace(/^response\.(?:parsedBody|body)\b/, '');
  if (body === '' || body === '.*') return 'body';
  if (/^\.?\//.test(body)) return body.replace(/^\./, '');
  const path = body.replace(/^\.?\$/, '');
  return jsonPathOf(/^[.[]/.test(path) || path === '' ? path : `.${path}`);
}
