import type { Header, WireRequest } from '../../ports';
import { joinSensitive, revealForTransport, type Sensitive } from '../../secret';
import type { CookieAccess, HopCookies, SentCookie } from './hopCookies';

/** The cookies of one hop, on their way there and back. */
export class HopCookieTrip {
  readonly #jar: CookieAccess;
  readonly #url: URL;
  readonly #sent: readonly SentCookie[];
  readonly request: WireRequest;

  constructor(jar: CookieAccess, request: WireRequest) {
    this.#jar = jar;
    this.#url = new URL(revealForTransport(request.url));
    const written = writtenCookies(request);
    const names = new Set(written.flatMap(([, value]) => namesIn(revealForTransport(value))));
    // What the file says counts, and the server gets one cookie of a name.
    this.#sent = jar.sentTo(this.#url).filter(({ name }) => !names.has(name));
    this.request = this.#sent.length === 0 ? request : withCookies(request, written, this.#sent);
  }

  async finish(headers: readonly Header[]): Promise<HopCookies> {
    const lines = headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
    return { sent: this.#sent, received: await this.#jar.receive(this.#url, lines) };
  }
}

/** What a server would see of the jar: when that has changed, it may answer the same request in another way. */
export function cookieState(jar: CookieAccess | undefined, { url }: WireRequest): string {
  if (!jar) return '';
  const cookies = jar.sentTo(new URL(revealForTransport(url)));
  return cookies.map(({ name, value }) => `${name}=${value.revealForTransport()}`).join('; ');
}

function writtenCookies({ headers }: WireRequest): WireRequest['headers'] {
  return headers.filter(([name]) => name.toLowerCase() === 'cookie');
}

function namesIn(header: string): readonly string[] {
  return header.split(';').map((pair) => pair.split('=', 1)[0]?.trim() ?? '');
}

/** All in one header, in the place and the case of the one that is written. */
function withCookies(request: WireRequest, written: WireRequest['headers'], sent: readonly SentCookie[]): WireRequest {
  const pairs: Sensitive[] = sent.map(({ name, value }) => joinSensitive([name === '' ? '' : `${name}=`, value]));
  const own = written.map(([, value]) => value).filter((value) => revealForTransport(value).trim() !== '');
  const value = joinSensitive([...own, ...pairs].flatMap((part, index) => (index === 0 ? [part] : ['; ', part])));
  const [first] = written;
  if (!first) return { ...request, headers: [...request.headers, ['Cookie', value]] };
  const headers = request.headers.flatMap((header) =>
    header === first ? [[first[0], value] as const] : written.includes(header) ? [] : [header],
  );
  return { ...request, headers };
}
