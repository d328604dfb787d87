/** A page that the browser stopped at: the first that is no redirect. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly text: string;
}

/** A browser without a screen: cookies per host, redirects, forms. Stops at addresses that are not http. */
export class HttpBrowser {
  readonly #cookies = new Map<string, Map<string, string>>();
  /** Every address that was visited, in order. */
  readonly visited: string[] = [];

  /** Follows redirects until a page, or until `stopAt` says that an address should not be visited. */
  async visit(url: string, stopAt: (url: string) => boolean = () => false, form?: URLSearchParams): Promise<Page> {
    let next = url;
    let body = form;
    for (let hops = 0; hops < 20; hops++) {
      if (!next.startsWith('http:') || stopAt(next)) return { url: next, status: 0, text: '' };
      this.visited.push(next);
      const response = await this.#send(next, body);
      body = undefined;
      const location = response.headers.get('location');
      if (location === null) return { url: next, status: response.status, text: await response.text() };
      await response.text();
      next = new URL(location, next).href;
    }
    throw new Error(`Too many redirects, last to ${next}`);
  }

  async #send(url: string, form: URLSearchParams | undefined): Promise<Response> {
    const { host } = new URL(url);
    const jar = this.#cookies.get(host) ?? new Map<string, string>();
    this.#cookies.set(host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie, accept: 'text/html' },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }
}
