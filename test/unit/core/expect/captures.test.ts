import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BodyThreads } from '../../../../src/core/expect/bodyThreads';
import type { Supplies } from '../../../../src/core/request/resolve/supplies';
import { toJson } from '../../../../src/core/request/resolve/resolved';
import { MASK, redact, revealForTransport, Secret } from '../../../../src/core/secret';
import { shownExchange } from '../../../../src/core/http/shownExchange';
import { answered, broken, examine } from '../../../helpers/examining';

const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl';
const body = `{ "id": 12345678901234567890, "price": 1.10, "ok": true, "none": null,
  "items": [{ "id": "a" }, { "id": "b" }], "one": [{ "id": "a" }],
  "access_token": "plain-words", "jwt": ${JSON.stringify(TOKEN)}, "token_type": "Bearer", "nextPageToken": "c-200" }`;
const sent = answered(body, {
  headers: [
    ['Location', '/orders/7'],
    ['Set-Cookie', 'sid=first'],
    ['Set-Cookie', 'sid="abc"; Path=/; HttpOnly'],
    ['Link', '<a>'],
    ['Link', '<b>'],
  ],
});

async function captured(from: string): Promise<{ json: string; shown: string; isSecret: boolean }> {
  const { values, captures } = await examine(`capture:\n  it: ${from}`, sent);
  const found = values.get('it');
  assert.ok(found, 'nothing was captured');
  const json = toJson(found.value);
  assert.equal(found.origin, 'https://api.test');
  return { json: revealForTransport(json), shown: captures[0]?.value ?? '', isSecret: json instanceof Secret };
}

describe('captures', () => {
  const table: readonly (readonly [from: string, json: string])[] = [
    ['$.id', '12345678901234567890'],
    ['$.price', '1.10'],
    ['$.ok', 'true'],
    ['$.none', 'null'],
    ['$.items[0]', '{"id":"a"}'],
    ['$.items[*].id', '["a","b"]'],
    ['$.one[*].id', '"a"'],
    ['$.token_type', '"Bearer"'],
    ['$.nextPageToken', '"c-200"'],
    ['header:location', '"/orders/7"'],
    ['header:Link', '["<a>","<b>"]'],
    ['status', '200'],
    ['url', '"https://api.test/orders?page=1"'],
    ['"regex:\\"id\\": *(\\\\d+)"', '"12345678901234567890"'],
    ['"regex:p.ice"', '"price"'],
    ['{ from: $.jwt, secret: false }', JSON.stringify(TOKEN)],
  ];
  for (const [from, json] of table) {
    it(`${from} is ${json}`, async () => {
      const found = await captured(from);
      assert.deepEqual([found.json, found.isSecret], [json, false]);
    });
  }
  it('body is the text as it came', async () => assert.equal((await captured('body')).json, JSON.stringify(body)));
});

describe('secret captures', () => {
  const table: readonly (readonly [from: string, json: string])[] = [
    ['$.access_token', '"plain-words"'],
    ['$.jwt', JSON.stringify(TOKEN)],
    ['$..jwt', JSON.stringify(TOKEN)],
    ['cookie:sid', '"abc"'],
    ['{ from: $.id, secret: true }', '12345678901234567890'],
    ['{ from: $.items, secret: true }', '[{"id":"a"},{"id":"b"}]'],
  ];
  for (const [from, json] of table) {
    it(from, async () => {
      const found = await captured(from);
      assert.deepEqual([found.json, found.isSecret], [json, true]);
      assert.ok(found.shown.includes(MASK), found.shown);
      assert.ok(!found.shown.includes(json.slice(1, -1)));
    });
  }

  it('under a name that speaks of a secret', async () => {
    const { values } = await examine('capture: { adminPassword: "header:location" }', sent);
    const value = values.get('adminPassword')?.value;
    assert.ok(value?.kind === 'text' && value.text instanceof Secret);
  });

  it('are nowhere in what is shown', async () => {
    const lines = `expect:
  body:
    $: { exists: true }
    $.jwt: nope
    $.access_token: { matches: x }
    text: nope
  headers: { x-echo: nope }
capture: { token: $.jwt, other: $.access_token }`;
    const echoing = answered(body, { headers: [['X-Echo', `got ${TOKEN}`]] });
    const examined = await examine(lines, echoing);
    const shown = shownExchange(echoing, examined.secrets);
    const { hops, outcome } = shown;
    const head = outcome.kind === 'response' ? outcome.response.headers : [];
    const all = JSON.stringify([examined.expectations, examined.captures, hops, head, [...examined.values]]);
    assert.ok(!all.includes(TOKEN) && !all.includes('plain-words'), all);
    assert.deepEqual(
      shown.secrets?.map((secret) => revealForTransport(secret)),
      [TOKEN, 'plain-words'],
    );
    assert.match(all, /got ••••••/);
  });

  it('that nobody captured are masked by their looks', async () => {
    const said = await broken('expect:\n  body:\n    $.jwt: no\n    $.access_token: no\n    $: no', sent);
    assert.ok(!said.join().includes('canary') && !said.join().includes(TOKEN.slice(0, 20)), said.join('\n'));
    assert.ok(!said.join().includes('plain-words'));
  });

  it('of the request are masked in what came', async () => {
    const secret = new Secret('s3cr3t-value-of-ours');
    const echo = answered('{"echo":"got s3cr3t-value-of-ours"}', { secrets: [secret] });
    assert.deepEqual(await broken('expect: { body: { $.echo: x } }', echo), [`body $.echo equals "x": "got ${MASK}"`]);
  });

  it('in what is expected are compared and not shown', async () => {
    const secret = new Secret('s3cr3t-value-of-ours');
    const supplies: Supplies = { find: () => ({ state: 'known', value: { kind: 'text', text: secret } }) };
    const lines = 'expect: { body: { $.id: "${secret:x}" } }';
    const { expectations } = await examine(lines, answered('{"id":"s3cr3t-value-of-ours"}'), { supplies });
    assert.equal(expectations[0]?.ok, true);
    assert.equal(expectations[0].what, `body $.id equals "${MASK}"`);
    assert.ok(!JSON.stringify(expectations).includes('s3cr3t'));
    assert.equal(redact(secret), MASK);
  });
});

describe('captures of many levels', () => {
  const nested = (levels: number): string => `{"a":${'['.repeat(levels)}1${']'.repeat(levels)}}`;

  it('are kept where requests can hold them', async () => {
    const { values } = await examine('capture: { it: $.a }', answered(nested(500)));
    const found = values.get('it');
    assert.equal(found && revealForTransport(toJson(found.value)), nested(500).slice(5, -1));
  });

  for (const from of ['$', '$.a', '{ from: $.a, secret: true }', '{ from: $.a, secret: false }', '"$.a[*]"']) {
    it(`say so where they are too deep: ${from}`, async () => {
      const { expectations } = await examine(`capture:\n  it: ${from}`, answered(nested(100_000)));
      assert.equal(expectations[0]?.actual, 'a value of more than 500 levels, too deep to be kept');
    });
  }
});

describe('captures of values that lie within each other', () => {
  it('are written no further than they could be kept', async () => {
    const large = `${'{"a":'.repeat(12)}"${'x'.repeat(1_000_000)}"${'}'.repeat(12)}`;
    const { expectations } = await examine('capture: { it: $..a }', answered(large));
    assert.equal(expectations[0]?.actual, 'a value of more than 10000000 characters, too big to be kept');
  });

  it('are not written by the thread of the window when that would take long', async () => {
    const deep = `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`;
    const threads: BodyThreads = {
      open: () => ({ ask: () => Promise.resolve({ kind: 'problem', problem: 'handed on' }), close: () => undefined }),
    };
    const { expectations } = await examine('capture: { it: $..a }', answered(deep), { threads });
    assert.equal(expectations[0]?.actual, 'handed on');
  });
});

describe('captures that find nothing', () => {
  const table: readonly (readonly [from: string, problem: string])[] = [
    ['$.nowhere', 'nothing there'],
    ['"$.items[?@.id == \'z\']"', 'nothing there'],
    ['header:X-None', 'nothing there'],
    ['cookie:none', 'nothing there'],
    ['regex:nowhere', 'nothing there'],
    ['/order', 'no valid XML: there is text outside of the element in line 1'],
  ];
  for (const [from, problem] of table) {
    it(`${from} fails the request`, async () => {
      const { ok, expectations, values } = await examine(`capture:\n  it: ${from}\n  fine: $.id`, sent);
      assert.equal(ok, false);
      assert.deepEqual(
        expectations.map(({ actual }) => actual),
        [problem],
      );
      assert.deepEqual([...values.keys()], ['fine']);
    });
  }
});
