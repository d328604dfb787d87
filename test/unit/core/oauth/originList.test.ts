import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { originList, typedUrl } from '../../../../src/core/oauth/originList';

suite('originList', () => {
  test('takes URLs with spaces or commas between them, each origin once', () => {
    const text = ' https://api.acme.dev/v1, http://localhost:8080\nHTTPS://API.acme.dev ';
    assert.deepEqual(originList(text), {
      origins: ['https://api.acme.dev', 'http://localhost:8080'],
      wrong: undefined,
    });
  });

  test('names what is none', () => {
    for (const wrong of ['api.acme.dev', 'ftp://a.dev', 'https://', '${api}']) {
      assert.equal(originList(`https://a.dev ${wrong}`).wrong, wrong);
    }
    assert.deepEqual(originList(' '), { origins: [], wrong: undefined });
  });
});

suite('typedUrl', () => {
  const cases = [
    ['https://api.acme.dev/orders?x=1', 'https://api.acme.dev/orders?x=1'],
    ['api.acme.dev/orders', 'https://api.acme.dev/orders'],
    ['http://localhost:8080', 'http://localhost:8080/'],
    ['http://api.acme.dev', undefined],
    ['https://user:secret@api.acme.dev', undefined],
    ['ftp://api.acme.dev', undefined],
    ['command://x', undefined],
    ['', undefined],
    ['no url', undefined],
  ] as const;
  for (const [text, expected] of cases) {
    test(`reads ${JSON.stringify(text)}`, () => assert.equal(typedUrl(text)?.href, expected));
  }
});
