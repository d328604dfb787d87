import * as assert from 'node:assert/strict';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { signInAtServer } from '../helpers/authServerPages';
import { eventually } from '../helpers/eventually';
import type { Say } from '../helpers/uiTexts';
import type { Workbench } from '../helpers/workbench';
import { RunnerView } from '../helpers/workbench/runnerView';
import { cookieValue, type ShopServer } from './shopServer';

export const requestFile = 'shop.http.yaml';

export interface TourPlaces {
  readonly workbench: Workbench;
  readonly shop: ShopServer;
  /** The folder that is open. */
  readonly folder: string;
  readonly say: Say;
  /** Called with every state that is worth a look. */
  readonly shot: (name: string) => Promise<void>;
}

/** Everything that the runner can do, as somebody does it with mouse and keyboard, in a window with an open folder. */
export class RunnerTour {
  readonly runner: RunnerView;
  readonly #places: TourPlaces;

  constructor(places: TourPlaces) {
    this.#places = places;
    this.runner = new RunnerView(places.workbench.webview('latchkey.latchkey'), places.say);
  }

  get say(): Say {
    return this.#places.say;
  }

  /** All of it. */
  async go(): Promise<void> {
    const steps: Readonly<Record<string, () => Promise<void>>> = {
      'a first send': () => this.#firstSend(),
      'the account in the status bar': () => this.#account(),
      'a filter by JSONPath': () => this.#filter(),
      'a filter by XPath': () => this.#filterXml(),
      'an edit in place, and its undoing': () => this.#edit(),
      'a request that is pinned': () => this.#pin(),
      'the history, and a comparison': () => this.#history(),
      'the time of a redirected request': () => this.#timing(),
      cookies: () => this.#cookies(),
      'a stream of events': () => this.#events(),
      'lines of JSON': () => this.#lines(),
      'a WebSocket': () => this.#socket(),
      'a picture, saved to a file': () => this.#picture(),
      'other bodies': () => this.#bodies(),
      'a look at everything at once': () => this.#overview(),
    };
    for (const [name, step] of Object.entries(steps)) {
      await step().catch((cause: unknown) => {
        throw new Error(`The step failed: ${name}`, { cause });
      });
    }
  }

  async #firstSend(): Promise<void> {
    const { workbench, shot, say } = this.#places;
    await workbench.openFile(requestFile);
    await workbench.clickCodeLens(say('Send'));
    await this.runner.shows('Zoë Müller');
    await shot('orders');
    await this.runner.openTab('tests');
    await this.runner.shows('$.orders[0].sku');
    await shot('tests');
    await this.runner.openTab('body');
  }

  async #account(): Promise<void> {
    const { workbench, shot, say } = this.#places;
    const { page, quickInput } = workbench;
    await this.runner.choose('mine');
    await this.runner.shows(this.runner.text('idleTitle'));
    await shot('not-signed-in');
    await workbench.editorText.getByText('mine:').click();
    await page
      .getByRole('button', { name: say('Nobody is signed in to {0}. Select to sign in.', { 0: 'Acme' }) })
      .click();
    await signInAtServer(workbench, await workbench.popup(() => workbench.modal.click(say('Allow'))));
    const account = page.getByRole('button', { name: say('Signed in to {0} as {1}', { 0: 'Acme', 1: 'alice' }) });
    await account.click();
    const offers = await quickInput.labels();
    assert.ok(
      offers.some((label) => label.includes(say('$(key) Inspect token').replace('$(key) ', ''))),
      offers.join(),
    );
    assert.equal(await quickInput.title.innerText(), say('{0} at {1}', { 0: 'alice', 1: 'Acme' }));
    await shot('account-menu');
    await quickInput.dismiss();
    await this.runner.button('send').click();
    await this.runner.shows('"you": "alice"');
    await shot('signed-in');
  }

  async #filter(): Promise<void> {
    await this.runner.send('orders');
    await this.runner.shows('Zoë Müller');
    await this.runner.button('filterJson').click();
    await this.#places.workbench.page.keyboard.type('.orders[?@.state == "cancelled"].sku');
    await this.runner.shows(this.runner.text('filterHits', { count: '4' }));
    await this.#places.shot('filter');
    await this.#places.workbench.page.keyboard.press('Escape');
    await this.runner.shows('Zoë Müller');
  }

  /** An XPath finds in the filter what it finds in `expect`. */
  async #filterXml(): Promise<void> {
    const { workbench, shot } = this.#places;
    const { frame } = this.runner;
    await this.runner.send('feed');
    await frame.locator('.row', { hasText: '<title>Cake</title>' }).waitFor();
    await this.runner.button('filterXml').click();
    await workbench.page.keyboard.type('/_:entry[2]/_:title');
    await this.runner.shows(this.runner.text('filterHits', { count: '1' }));
    await frame.locator('.row', { hasText: '<title>Cake</title>' }).waitFor();
    await eventually(async () => assert.equal(await frame.locator('.row').count(), 1));
    await shot('filter-xml');
    await workbench.page.keyboard.press('Escape');
    await frame.locator('.row', { hasText: '<title>Tea</title>' }).waitFor();
    await this.runner.openTab('tests');
    await this.runner.shows('//_:entry[2]/_:title');
    await this.runner.openTab('body');
    await this.runner.send('orders');
    await this.runner.shows('Zoë Müller');
  }

  async #pin(): Promise<void> {
    const { editorText } = this.#places.workbench;
    const pin = this.runner.button('pin');
    await pin.click();
    await this.runner.frame.locator('button[aria-pressed=true]').and(pin).waitFor();
    await editorText.getByText('moved:').click();
    await editorText.getByText('visit:').click();
    // What the cursor asked for would be here before the answer to a message that was sent after it.
    await pin.click();
    await this.runner.frame.locator('button[aria-pressed=false]').and(pin).waitFor();
    await this.runner.shows('Zoë Müller');
    await editorText.getByText('moved:').click();
    await this.runner.shows(this.runner.text('idleTitle'));
    await editorText.getByText('orders:').click();
    await this.runner.shows('Zoë Müller');
  }

  async #edit(): Promise<void> {
    const { workbench, folder, shot } = this.#places;
    const { page } = workbench;
    const file = path.join(folder, requestFile);
    const before = await fs.readFile(file, 'utf8');
    await this.runner.button('edit').click();
    const limit = this.runner.field('editValue', { list: this.runner.text('editQuery'), row: '1' });
    await limit.fill('5');
    await this.runner.field('editUrl').fill('/orders/latest');
    await shot('edit');
    // The cursor is elsewhere for a moment: what was typed stays.
    await workbench.editorText.getByText('moved:').click();
    await this.runner.field('editUrl').press('End');
    assert.equal(await this.runner.field('editUrl').inputValue(), '/orders/latest');
    // Another request is shown: it is there again afterwards.
    await this.runner.choose('visit');
    await this.runner.field('editUrl').waitFor({ state: 'detached' });
    await this.runner.choose('orders');
    await this.runner.field('editUrl').press('End');
    assert.equal(await this.runner.field('editUrl').inputValue(), '/orders/latest');
    assert.equal(await limit.inputValue(), '5');
    await page.keyboard.press('Enter');
    await this.runner.button('edit').waitFor();
    const changed = workbench.editorText.getByText('/orders/latest');
    await changed.waitFor();
    await shot('edited');
    await changed.click();
    await page.keyboard.press('ControlOrMeta+s');
    const edited = before.replace('get: /orders #', 'get: /orders/latest #').replace('limit: 20 }', 'limit: 5 }');
    await eventually(async () => assert.equal(await fs.readFile(file, 'utf8'), edited));
    await page.keyboard.press('ControlOrMeta+z');
    await changed.waitFor({ state: 'detached' });
    await page.keyboard.press('ControlOrMeta+s');
    await eventually(async () => assert.equal(await fs.readFile(file, 'utf8'), before));
  }

  async #history(): Promise<void> {
    const { workbench, shot } = this.#places;
    await this.runner.send('orders');
    const menu = this.runner.button('history', { name: 'orders' });
    const entries = this.runner.frame.locator('latchkey-history-menu .entry');
    await menu.click();
    await entries.nth(2).waitFor();
    await shot('history');
    await entries.nth(2).click();
    await this.runner.button('showLatest').waitFor();
    await shot('past');
    await this.runner.button('showLatest').click();
    await menu.click();
    await entries.nth(2).waitFor();
    await this.runner.frame.locator('latchkey-history-menu li').nth(2).locator('.tool').click();
    const diff = workbench.page.locator('.monaco-diff-editor');
    await diff.first().waitFor();
    await diff.locator('.line-insert, .char-insert').first().waitFor();
    await shot('compare');
    await workbench.runCommand('View: Close Editor');
    await diff.first().waitFor({ state: 'detached' });
  }

  async #timing(): Promise<void> {
    await this.runner.send('moved');
    await this.runner.openTab('timing');
    await this.runner.shows('shop.localhost');
    const hops = this.runner.frame.locator('.hop');
    await eventually(async () => assert.equal(await hops.count(), 3));
    assert.match(await hops.last().innerText(), /\/orders\?from=elsewhere[^]*200/);
    await this.#places.shot('timing');
    await this.runner.openTab('body');
  }

  async #cookies(): Promise<void> {
    const { shop, shot, workbench, say } = this.#places;
    await this.runner.send('visit');
    await this.runner.shows('"visits": 1');
    await this.runner.button('send').click();
    await this.runner.shows('"visits": 2');
    assert.deepEqual(shop.visits, [undefined, `sid=${cookieValue}; theme=dark`]);
    await this.runner.openTab('cookies');
    const pane = this.runner.frame.getByRole('tabpanel');
    await pane.getByText('tracker').waitFor();
    await shot('cookies');
    await this.runner.openTab('headers');
    assert.doesNotMatch(await this.runner.frame.locator('latchkey-runner').innerText(), new RegExp(cookieValue));
    await shot('headers');
    await this.runner.openTab('sent');
    await shot('sent');
    await workbench.reload();
    await this.runner.button('send').click();
    await eventually(() => assert.deepEqual(shop.visits[2], `sid=${cookieValue}; theme=dark`));
    await this.runner.openTab('cookies');
    await this.runner.button('clearCookies').click();
    await workbench.notifications.waitFor(say('Cleared {0} cookies.', { 0: '2' }));
    await shot('cookies-cleared');
    await this.runner.button('send').click();
    await eventually(() => assert.deepEqual(shop.visits[3], undefined));
    await this.runner.openTab('body');
    await this.runner.shows('"visits": 4');
  }

  async #events(): Promise<void> {
    const { shop, shot } = this.#places;
    const rows = this.runner.frame.locator('latchkey-stream-list .row');
    await this.runner.send('prices');
    await this.runner.shows(this.runner.text('streamEmpty'));
    await shot('events-none');
    for (const count of [1, 2, 3]) {
      shop.tell(`event: price\nid: ${count}\ndata: {"sku":"A-${count}","bid":${count * 10},"ask":${count * 11}}\n\n`);
      await eventually(async () => assert.equal(await rows.count(), count));
    }
    await rows.nth(1).click();
    await this.runner.frame.locator('latchkey-stream-list pre').getByText('"bid": 20').waitFor();
    await shot('events');
    await this.runner.button('stop').click();
    await this.runner.shows(this.#places.say('You stopped it.'));
    await eventually(() => assert.equal(shop.listeners(), 0));
    assert.equal(await rows.count(), 3);
    await shot('events-stopped');
  }

  async #lines(): Promise<void> {
    const { shop, workbench, say } = this.#places;
    const rows = this.runner.frame.locator('latchkey-stream-list .row');
    await this.runner.send('lines');
    await this.runner.shows(this.runner.text('streamEmpty'));
    shop.tell('{"line":1}\n{"line"');
    await eventually(async () => assert.equal(await rows.count(), 1));
    // While nobody sees the runner, events go on coming.
    await this.runner.frame.locator('.status').click();
    await workbench.openFile('latchkey.yaml');
    shop.tell(':2}\n{"line":3}\n');
    await workbench.runCommand('View: Close Editor');
    await eventually(async () => assert.equal(await rows.count(), 3));
    await this.runner.button('stop').click();
    await this.runner.shows(say('You stopped it.'));
  }

  async #socket(): Promise<void> {
    const { shot } = this.#places;
    await this.runner.send('chat');
    await this.runner.shows('you said hello');
    const box = this.runner.field('message');
    await box.fill('{"ask": "how are you?"}');
    await shot('socket');
    await box.press('ControlOrMeta+Enter');
    await this.runner.shows('you said {"ask": "how are you?"}');
    await this.runner.button('stop').click();
    await box.waitFor({ state: 'detached' });
    await shot('socket-stopped');
  }

  async #picture(): Promise<void> {
    const { shop, folder, shot, workbench } = this.#places;
    await this.runner.send('picture');
    await this.runner.shows('640 × 420');
    await shot('picture');
    await this.runner.button('saveBody').click();
    const { input } = workbench.quickInput;
    const file = path.join(folder, 'picture.png');
    await eventually(async () => assert.equal(await input.inputValue(), file));
    await shot('save-as');
    await workbench.page.keyboard.press('Enter');
    await eventually(async () => assert.deepEqual(await fs.readFile(file), Buffer.from(shop.picture)));
  }

  async #bodies(): Promise<void> {
    const { shot } = this.#places;
    const { frame } = this.runner;
    await this.runner.send('customers');
    await frame.getByRole('cell', { name: 'Dodgson, Charles' }).waitFor();
    await shot('table');
    await this.runner.send('guide');
    await frame.frameLocator('iframe').getByRole('heading', { name: 'Orders API' }).waitFor();
    assert.equal(await frame.frameLocator('iframe').locator('table td').count(), 4);
    await shot('markdown');
    await this.runner.send('page');
    await this.runner.chooseViewer('preview');
    await frame.frameLocator('iframe').getByRole('heading', { name: 'Maintenance' }).waitFor();
    await shot('html');
    await this.runner.send('archive');
    await frame.locator('latchkey-hex .row').first().getByText('00000000').waitFor();
    await shot('hex');
    await this.runner.send('tone');
    await frame.locator('audio').waitFor();
    await shot('audio');
  }

  /** The picture of the README. */
  async #overview(): Promise<void> {
    const { workbench, shot, say } = this.#places;
    const { page, sideBar } = workbench;
    // A file opens where the focus is, which is in the runner.
    await workbench.editorText.getByText('mine:').click();
    await workbench.openFile('orders.http.yaml');
    await page.locator('.activitybar [aria-label="Latchkey"]').first().click();
    await sideBar.open(say('Requests'), /^orders\.http\.yaml/);
    await workbench.editorText.getByText('createOrder').click();
    await this.runner.shows(this.runner.text('idleTitle'));
    await this.runner.button('send').click();
    await this.runner.shows('"created"');
    await this.runner.send('showOrder');
    await this.runner.shows('"o-1000"');
    await this.runner.send('listOrders');
    await this.runner.shows('Zoë Müller');
    await sideBar.item(say('Requests'), /^GET listOrders, .*200/).waitFor();
    await sideBar.item(say('Connections'), /^alice/).waitFor();
    await sideBar.focus(say('Requests'), /^shop\.http\.yaml/);
    await page.keyboard.press('ArrowLeft');
    await sideBar.item(say('Requests'), /^GET moved/).waitFor({ state: 'detached' });
    // Whatever the pointer is on looks different.
    await page.mouse.move(700, 5);
    await shot('overview');
  }
}

/** The request file of the tour, with comments and styles that an edit must keep. */
export function shopRequests({ chat }: ShopServer): string {
  return `# Everything that the shop answers
requests:
  orders: # the list
    description: The latest orders
    get: /orders # newest first
    query: { limit: 20 } # few
    headers:
      X-Team: 'web' # who asks
    expect:
      status: 200
      body: { "$.orders[0].sku": A-1, $.total: { atLeast: 1 } }
  mine:
    get: /me
    auth: acme
  moved:
    get: /moved
    headers: { X-Api-Version: 2 }
  visit: { get: /visit }
  prices: { get: /prices }
  lines: { get: /lines }
  chat:
    websocket: ${chat}/
    messages: [hello]
  picture: { get: /picture.png }
  customers: { get: /customers.csv }
  feed:
    get: /feed
    expect:
      body: { "//_:entry[2]/_:title": Cake }
  guide: { get: /guide }
  page: { get: /page }
  archive: { get: /archive }
  tone: { get: /tone.wav }
`;
}

/** As a team would have it. */
export const ordersFile = `# What customers have ordered
auth: acme
variables: { state: open }

requests:
  listOrders:
    description: Orders, newest first
    get: /orders
    query: { state: "\${state}", limit: 20 }
    expect:
      status: 200
      body: { $.total: { atLeast: 1 } }
    capture: { first: "$.orders[0].id" }

  showOrder:
    get: /orders/\${listOrders.first}
    expect: { status: 200 }

  createOrder:
    description: Needs the scope orders.write
    post: /orders
    json:
      sku: A-1 # the green one
      reference: \${uuid}
    expect: { status: 201 }
`;

export function shopProject(issuer: string, { api }: ShopServer): string {
  return `connections:
  acme: { label: Acme, issuer: "${issuer}", scopes: [openid, offline_access], origins: ["${api}"] }
environments:
  local: { api: "${api}" }
  production: { api: https://api.acme.example }
protect: [production]
defaults: { auth: none, baseUrl: "\${api}" }
variables: { api: "${api}" }
`;
}
