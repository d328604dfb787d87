import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { InspectorModel } from '../../src/shared/inspectorModel';
import { axeAudit } from '../helpers/axeAudit';
import { launchBrowser } from '../helpers/browser';
import { InspectorPage } from './inspectorPage';
import { claims, ended, inspection, inspectorStates, modelOf, opaque } from './inspectorSamples';
import { auditScope, themes } from './themes';
import type { ThemeName, ViewPageOptions } from './viewPage';

let browser: Browser;
before(async () => (browser = await launchBrowser()));
after(() => browser.close());

async function open(model: InspectorModel, options: ViewPageOptions = {}): Promise<InspectorPage> {
  const inspector = await InspectorPage.open(browser, options);
  await inspector.show(model);
  return inspector;
}

for (const theme of Object.keys(themes) as ThemeName[]) {
  void test(`every state in ${theme} is accessible, fits a narrow column and keeps to the policy`, async () => {
    await using inspector = await open(modelOf(inspection()), { theme, width: 400 });
    for (const [name, model] of Object.entries(inspectorStates)) {
      await inspector.show(model());
      assert.deepEqual(await axeAudit(inspector.page, auditScope(theme)), [], name);
      assert.deepEqual(inspector.problems, [], name);
      const overflow = await inspector.page
        .locator('latchkey-token-inspector')
        .evaluate((view) => view.scrollWidth - view.clientWidth);
      assert.equal(overflow, 0, name);
    }
  });
}

void test('shows who, until when, what for and where to', async () => {
  await using inspector = await open(modelOf(inspection()), { width: 900 });
  const { page } = inspector;
  await page.getByRole('heading', { level: 1, name: 'alice@acme.dev · Acme' }).waitFor();
  assert.match(await page.locator('.lifetime').innerText(), /expires in [34]:\d\d/);
  const facts = await page.getByRole('region', { name: 'Token', exact: true }).innerText();
  for (const fact of [
    'JWT access token (RFC 9068)',
    'whoever has it can use it (Bearer)',
    'By refresh token, until ',
  ]) {
    assert.ok(facts.includes(fact), fact);
  }
  const scopes = await page.getByRole('region', { name: 'Scopes' }).getByRole('listitem').allInnerTexts();
  assert.deepEqual(
    scopes.map((text) => text.replace(/\s+/g, ' ').trim()),
    [
      'openid granted',
      'profile granted',
      'orders.read granted',
      'orders.write asked for, not granted',
      'offline_access granted, not asked for',
    ],
  );
  const places = await page.getByRole('region', { name: 'Where it may go' }).getByRole('listitem').allInnerTexts();
  assert.match(places[0] ?? '', /^http:\/\/orders\.dev\.internal:8080\s+not encrypted\s+for shop-ui$/);
  assert.match(places[1] ?? '', /^https:\/\/api\.acme\.dev\s+for shop, /);
});

void test('masks what says who somebody is, in words for those who hear it', async () => {
  await using inspector = await open(modelOf(inspection()));
  const { page } = inspector;
  const inside = page.getByRole('table', { name: 'Inside the access token: Claims' });
  assert.equal(await inside.getByRole('row', { name: 'sub masked' }).count(), 1);
  assert.equal(await inside.getByRole('row', { name: /^aud .*https:\/\/api\.acme\.dev/ }).count(), 1);
  assert.equal(await inside.getByRole('row', { name: /^exp \d{10} .*, in 4:\d\d$/ }).count(), 1);
  assert.ok(!(await page.content()).includes('248289761001'));
  await inspector.show(modelOf(inspection({ revealed: true })));
  assert.equal(await inside.getByRole('row', { name: 'sub 248289761001' }).count(), 1);
  assert.equal(await inside.getByRole('row', { name: /^session_token Not shown/ }).count(), 1);
  await page.getByRole('button', { name: 'Hide Values (Inside the access token)' }).click();
  await inspector.show(modelOf(inspection()));
  await page.getByRole('button', { name: 'Show Values… (ID token)' }).click();
  assert.deepEqual(inspector.calls, ['hide', 'reveal'], 'the host decides');
});

void test('every button asks the host, by keyboard too; what cannot be done is disabled and says why', async () => {
  await using inspector = await open(modelOf(inspection()));
  const { page } = inspector;
  for (const name of ['Refresh Now', 'Ask the Server', 'Copy Access Token…', 'Sign Out…']) {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  }
  assert.deepEqual(inspector.calls, ['refresh', 'introspect', 'copyToken', 'signOut']);
  await inspector.show(modelOf(opaque()));
  const refresh = page.getByRole('button', { name: 'Refresh Now' });
  assert.equal(await refresh.isDisabled(), true);
  assert.equal(await refresh.getAttribute('title'), 'The server gave out no refresh token');
  assert.equal(await page.getByRole('button', { name: 'Ask the Server' }).isDisabled(), true);
  await inspector.show(modelOf(ended()));
  await page.getByRole('button', { name: 'Sign In Again' }).click();
  assert.equal(inspector.calls.at(-1), 'signIn');
  assert.equal(await page.getByRole('button', { name: 'Copy Access Token…' }).isDisabled(), true);
});

void test('a token comes to its end before the eyes, and nothing moves while time goes by', async () => {
  await using inspector = await InspectorPage.open(browser);
  const { page } = inspector;
  await page.clock.install();
  const whole = inspection();
  const token = whole.token && { ...whole.token, expiresAt: Date.now() + 120_000 };
  await inspector.show(modelOf({ ...whole, token }));
  const track = (): Promise<unknown> => page.locator('.track').boundingBox();
  await page.getByText(/expires in 1:\d\d/).waitFor();
  const before = await track();
  await page.clock.fastForward(60_000);
  await page.getByText(/expires in 0:\d\d/).waitFor();
  assert.deepEqual(await track(), before);
  await page.clock.fastForward(60_000);
  await page.getByText(/expired 0:\d\d ago/).waitFor();
  assert.equal(await page.locator('.standing').innerText(), 'Expired');
});

void test('while something is done the buttons wait, and keep their places', async () => {
  await using inspector = await open(modelOf(inspection()));
  const { page } = inspector;
  const places = (): Promise<unknown> =>
    Promise.all(
      (['Refresh Now', 'Ask the Server', 'Sign Out…'] as const).map((name) =>
        page.getByRole('button', { name }).boundingBox(),
      ),
    );
  const before = await places();
  await inspector.show(modelOf(inspection(), { busy: 'refresh' }));
  assert.equal(await page.getByRole('button', { name: 'Refresh Now' }).isDisabled(), true);
  assert.deepEqual(await places(), before);
});

void test('tells what the server answered, what went wrong, and that a session is gone', async () => {
  await using inspector = await open(inspectorStates['answered']?.() ?? modelOf(undefined));
  const { page } = inspector;
  const answer = page.getByRole('region', { name: 'The server’s answer' });
  assert.match(await answer.innerText(), /Active\s+asked at/);
  assert.equal(await answer.getByRole('row', { name: 'sub masked' }).count(), 1);
  await inspector.show(inspectorStates['failed']?.() ?? modelOf(undefined));
  assert.match(await page.getByRole('alert').innerText(), /did not tell about the token.*The token stays as it is/s);
  await inspector.show(modelOf(undefined));
  await page.getByRole('heading', { name: 'Signed out' }).waitFor();
  assert.equal(await page.getByRole('button').count(), 0);
  await inspector.announce('The token was renewed');
  assert.equal(await page.getByRole('status').innerText(), 'The token was renewed');
});

void test('what requests need is shown as it is, and where the server said that the API is', async () => {
  await using inspector = await open(modelOf(inspection()));
  const { page } = inspector;
  await page.getByRole('row', { name: 'instance_url https://eu1.acme.dev' }).waitFor();
  await page.getByRole('listitem').filter({ hasText: 'https://eu1.acme.dev named by the server' }).waitFor();
});

void test('a sign-in that ends within a day says so', async () => {
  const { token, ...rest } = inspection();
  assert.ok(token);
  const ending = { ...token, refreshExpiresAt: Date.now() + 2 * 3_600_000 + 30_000 };
  await using inspector = await open(modelOf({ ...rest, token: ending }));
  await inspector.page.getByText('This sign-in ends in 2 h 0 min; then you have to sign in again.').waitFor();
  await inspector.show(modelOf({ ...rest, token }));
  await inspector.page.getByText('This sign-in ends').waitFor({ state: 'detached' });
});

void test('what a server put into a token is text, whatever it looks like', async () => {
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script><a href="command:x">y</a>';
  const list = claims({ aud: hostile, [hostile]: hostile, iss: hostile }, true);
  const whole = inspection({ revealed: true, account: hostile, issuer: hostile, idToken: list, captured: list });
  const scopes = [{ name: hostile, state: 'missing' }] as const;
  const destinations = [{ origin: hostile, folders: [hostile], told: true }];
  await using inspector = await open(modelOf({ ...whole, scopes, destinations }));
  assert.equal(await inspector.page.title(), 'Token Inspector');
  assert.equal(await inspector.page.locator('img, a, latchkey-token-inspector script').count(), 0);
  assert.deepEqual(inspector.problems, []);
});

void test('comes back masked after having been hidden, and persists nothing but the key to resume with', async () => {
  await using inspector = await open(modelOf(inspection()));
  const kept = await inspector.page.evaluate(() => sessionStorage.getItem('state'));
  assert.deepEqual(JSON.parse(kept ?? ''), { resume: 'session-1' });
  await inspector.reload();
  await inspector.page.getByRole('heading', { level: 1 }).waitFor();
  assert.ok(inspector.calls.includes('hidden'));
});

void test('a message that is not understood changes nothing and is reported', async () => {
  await using inspector = await open(modelOf(inspection()));
  await inspector.post({ type: 'update', model: { ...modelOf(inspection()), session: { account: 7 } } });
  await inspector.show(modelOf(inspection()));
  assert.equal(inspector.sent.filter(({ type }) => type === 'problem').length, 1);
  assert.equal(await inspector.page.getByRole('heading', { level: 1 }).count(), 1);
});
