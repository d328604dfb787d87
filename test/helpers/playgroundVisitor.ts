import assert from 'node:assert/strict';

/** What a browser shows after a navigation: one of the playground's pages, or the callback that it was sent to. */
export type Visit =
  | {
      readonly kind: 'page';
      readonly url: URL;
      readonly status: number;
      readonly headers: Headers;
      readonly html: string;
    }
  | { readonly kind: 'callback'; readonly url: URL };

export interface PlaygroundDecision {
  readonly user: 'alice' | 'bob';
  readonly decision?: 'allow' | 'deny';
}

/** A browser without a window: keeps cookies, follows redirects on the playground's origin, submits its forms. */
export class PlaygroundVisitor {
  readonly #cookies = new Map<string, { readonly value: string; readonly path: string }>();

  /** Opens an authorization URL and does what a user does until the answer goes back to the application. */
  async signIn(authorizationUrl: string | URL, { user, decision = 'allow' }: PlaygroundDecision): Promise<URL> {
    let visit = await this.open(authorizationUrl);
    if (asPage(visit).html.includes('/login"')) visit = await this.submit(visit, 'login', { user });
    if (visit.kind === 'page') visit = await this.submit(visit, decision === 'allow' ? 'consent' : 'deny');
    assert.equal(visit.kind, 'callback', `expected the callback, got ${visit.url.href}`);
    return visit.url;
  }

  /** Confirms the code of a page that has it filled in, and does what a user does until the page says how it ended. */
  async confirmCode(page: string | URL, { user, decision = 'allow' }: PlaygroundDecision): Promise<Visit> {
    let visit = await this.submit(await this.open(page), 'device');
    if (asPage(visit).html.includes('/login"')) visit = await this.submit(visit, 'login', { user });
    return this.submit(visit, decision === 'allow' ? 'consent' : 'deny');
  }

  open(url: string | URL): Promise<Visit> {
    return this.#go(new URL(url), { method: 'GET' });
  }

  /** Submits the page's form or button whose action ends in `step`, with its hidden fields. */
  async submit(visit: Visit, step: string, fields: Readonly<Record<string, string>> = {}): Promise<Visit> {
    const page = asPage(visit);
    const action = new RegExp(`action="([^"]*/${step})"`).exec(page.html)?.[1];
    assert.ok(action, `no form for ${step} in ${page.html}`);
    return await this.#post(new URL(action, page.url), { ...hiddenFields(page.html), ...fields });
  }

  #post(url: URL, fields: Readonly<Record<string, string>>): Promise<Visit> {
    return this.#go(url, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: url.origin } });
  }

  async #go(
    url: URL,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Record<string, string> },
  ): Promise<Visit> {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', ...init.headers, cookie: this.cookieHeader(url) },
    });
    this.#keep(response.headers.getSetCookie());
    const location = response.headers.get('location');
    if (location !== null) {
      await response.body?.cancel();
      const target = new URL(location, url);
      return target.origin === url.origin
        ? await this.#go(target, { method: 'GET' })
        : { kind: 'callback', url: target };
    }
    const html = await response.text();
    const form = selfSubmittingForm(html);
    if (form) return await this.#post(new URL(form.action, url), form.fields);
    return { kind: 'page', url, status: response.status, headers: response.headers, html };
  }

  /** The cookies that go with a request to `url`. */
  cookieHeader(url: URL): string {
    const sent = [...this.#cookies].filter(([, cookie]) => url.pathname.startsWith(cookie.path));
    return sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
  }

  #keep(setCookies: readonly string[]): void {
    for (const line of setCookies) {
      const [pair = '', ...attributes] = line.split('; ');
      const equals = pair.indexOf('=');
      const [name, value] = [pair.slice(0, equals), pair.slice(equals + 1)];
      const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/';
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
  }
}

export function asPage(visit: Visit): Extract<Visit, { kind: 'page' }> {
  if (visit.kind === 'page') return visit;
  throw new Error(`expected a page, got the callback ${visit.url.href}`);
}

/** The form that a browser with scripts submits at once. */
function selfSubmittingForm(html: string): { action: string; fields: Record<string, string> } | undefined {
  const action = /document\.forms\[0\]\.submit\(\)[^]*<form method="post" action="([^"]*)"/.exec(html)?.[1];
  if (action === undefined) return undefined;
  return { action, fields: hiddenFields(html) };
}

function hiddenFields(html: string): Record<string, string> {
  const inputs = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  return Object.fromEntries([...inputs].map(([, name = '', value = '']) => [name, value]));
}
