import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { startPlayground, type StartedPlayground } from '../../helpers/playground';
import { allScopes } from '../../helpers/playgroundTokens';
import { asPage, PlaygroundVisitor, type Visit } from '../../helpers/playgroundVisitor';

type Page = Extract<Visit, { kind: 'page' }>;

let playground: StartedPlayground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground[Symbol.asyncDispose]());

test('the login page offers both users with one click each', async () => {
  const page = await loginPage(new PlaygroundVisitor());
  assert.match(page.html, /<title>Sign in · Latchkey playground<\/title>/);
  assert.match(page.html, /Continue as Alice/);
  assert.match(page.html, /Continue as Bob/);
  assert.match(page.html, /This is the Latchkey playground running on your machine/);
  assert.doesNotMatch(page.html, /type="password"/);
});

test('the hinted user comes first and has the focus', async () => {
  const plain = (await loginPage(new PlaygroundVisitor())).html;
  assert.match(plain, /value="alice"\s+autofocus/);
  const hinted = (await loginPage(new PlaygroundVisitor(), { login_hint: 'BOB@playground.localhost' })).html;
  assert.match(hinted, /value="bob"\s+autofocus/);
  assert.ok(hinted.indexOf('as Bob') < hinted.indexOf('as Alice'));
});

test('the consent page names the application, the user, where the answer goes and every scope in words', async () => {
  const visitor = new PlaygroundVisitor();
  const page = asPage(await visitor.submit(await loginPage(visitor), 'login', { user: 'bob' }));
  assert.match(page.html, /Allow Latchkey\?/);
  assert.match(page.html, /bob@playground\.localhost/);
  assert.match(page.html, /127\.0\.0\.1:45454/);
  for (const words of ['Know who you are', 'See your name', 'Read orders', 'Stay signed in']) {
    assert.ok(page.html.includes(words), words);
  }
  assert.match(page.html, /Create and change orders: not allowed for Bob/);
});

test('pages have a language, a title, a viewport, and load nothing from elsewhere', async () => {
  const visitor = new PlaygroundVisitor();
  const login = await loginPage(visitor);
  const consent = asPage(await visitor.submit(login, 'login', { user: 'alice' }));
  const home = asPage(await visitor.open(playground.issuer));
  const failed = asPage(await visitor.open(`${playground.issuer}/auth?client_id=nobody`));
  const logout = asPage(await visitor.open(`${playground.issuer}/session/end`));
  const loggedOut = asPage(await visitor.open(`${playground.issuer}/session/end/success`));
  const code = asPage(await visitor.open(`${playground.issuer}/device`));
  for (const page of [login, consent, home, failed, logout, loggedOut, code]) {
    assert.match(page.html, /^<!doctype html>\s*<html lang="en">/);
    assert.match(page.html, /<title>[^<]+ · Latchkey playground<\/title>/);
    assert.match(page.html, /<meta name="viewport"/);
    assert.match(page.html, /prefers-color-scheme: dark/);
    assert.doesNotMatch(page.html, /<script|@import|<link (?!rel="icon" href="data:)|src="http|url\(/);
    assertStrictPolicy(page);
  }
});

function assertStrictPolicy(page: Page): void {
  const policy = page.headers.get('content-security-policy') ?? '';
  const style = /<style>([^]*?)<\/style>/.exec(page.html)?.[1] ?? '';
  const hash = createHash('sha256').update(style).digest('base64');
  assert.ok(
    policy.startsWith(`default-src 'none'; style-src 'sha256-${hash}'; img-src data:; form-action 'self'`),
    policy,
  );
  assert.ok(policy.endsWith("base-uri 'none'; frame-ancestors 'none'"), policy);
  assert.equal(page.headers.get('cache-control')?.includes('no-store'), true);
}

test('a form may lead to the redirect address of its own request and nowhere else', async () => {
  for (const [redirectUri, source] of [
    ['http://127.0.0.1:45454/callback', 'http://127.0.0.1:45454'],
    ['vscode://latchkey.latchkey/callback', 'vscode:'],
    // CSP cannot name an IPv6 address.
    ['http://[::1]:45454/callback', 'http:'],
  ] as const) {
    const page = await loginPage(new PlaygroundVisitor(), { redirect_uri: redirectUri });
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.equal(/form-action ([^;]*);/.exec(policy)?.[1], `'self' ${source}`);
  }
});

test('shows what an application calls itself as text, and not too much of it', async () => {
  const name = `<img src=x onerror=alert(1)>"'&${'long '.repeat(100)}`;
  const response = await fetch(`${playground.issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: name,
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/callback'],
    }),
  });
  const { client_id } = (await response.json()) as { client_id: string };
  const visitor = new PlaygroundVisitor();
  const login = await loginPage(visitor, { client_id });
  const consent = asPage(await visitor.submit(login, 'login', { user: 'alice' }));
  for (const { html } of [login, consent]) {
    assert.doesNotMatch(html, /<img/);
    assert.match(html, /&#60;img src=x onerror=alert\(1\)&#62;&#34;&#39;&#38;long/);
    assert.ok(!html.includes('long '.repeat(30)));
  }
});

test('takes no form from another page on this machine', async () => {
  const visitor = new PlaygroundVisitor();
  const page = await loginPage(visitor);
  const refused = await fetch(`${page.url.href}/login`, {
    method: 'POST',
    headers: { origin: 'http://127.0.0.1:9999', cookie: visitor.cookieHeader(page.url) },
    body: new URLSearchParams({ user: 'alice' }),
  });
  assert.equal(refused.status, 405);
  assert.equal(asPage(await visitor.submit(page, 'login', { user: 'alice' })).status, 200);
});

test('explains a page that is too old to be used', async () => {
  const visitor = new PlaygroundVisitor();
  const page = await loginPage(visitor);
  const elsewhere = asPage(await new PlaygroundVisitor().open(page.url));
  assert.equal(elsewhere.status, 400);
  assert.match(elsewhere.html, /expired or was used already/);
});

test('shows its addresses to somebody who opens it by hand', async () => {
  const page = asPage(await new PlaygroundVisitor().open(`${playground.issuer}/`));
  assert.ok(page.html.includes(playground.issuer) && page.html.includes(playground.api));
});

async function loginPage(visitor: PlaygroundVisitor, parameters: Readonly<Record<string, string>> = {}): Promise<Page> {
  const query = new URLSearchParams({
    client_id: playground.clientId,
    redirect_uri: 'http://127.0.0.1:45454/callback',
    response_type: 'code',
    scope: allScopes,
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
    ...parameters,
  });
  const page = asPage(await visitor.open(`${playground.issuer}/auth?${query.toString()}`));
  assert.equal(page.status, 200, page.html);
  return page;
}
