import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProblem } from '../../../../src/core/response/problem';
import { fc } from '../../../helpers/properties';

const PROBLEM = 'application/problem+json; charset=utf-8';

void test('problem details are read in the order of the server', () => {
  const text = JSON.stringify({
    type: 'https://api.example/out-of-credit',
    title: 'You do not have enough credit.',
    status: 403,
    detail: 'Your balance is 30, but that costs 50.',
    balance: 30,
    accounts: ['/account/12345'],
  });
  assert.deepEqual(readProblem(403, PROBLEM, text), {
    title: 'You do not have enough credit.',
    detail: 'Your balance is 30, but that costs 50.',
    facts: [
      { name: 'type', value: 'https://api.example/out-of-credit' },
      { name: 'balance', value: '30' },
      { name: 'accounts', value: '["/account/12345"]' },
    ],
  });
});

void test('an OAuth error response is read', () => {
  const text = '{"error":"invalid_token","error_description":"The token expired"}';
  assert.deepEqual(readProblem(401, 'application/json', text), {
    title: 'invalid_token',
    detail: 'The token expired',
    facts: [],
  });
});

for (const [name, status, contentType, text] of [
  ['a success', 200, PROBLEM, '{"title":"fine"}'],
  ['JSON without an error', 404, 'application/json', '{"message":"no"}'],
  ['an array', 500, PROBLEM, '[]'],
  ['text that is not JSON', 500, PROBLEM, 'oops'],
] as const) {
  void test(`${name} is no problem`, () => {
    assert.equal(readProblem(status, contentType, text), undefined);
  });
}

void test('a problem without a title takes what there is', () => {
  assert.equal(readProblem(500, PROBLEM, '{"detail":"It broke"}')?.title, 'It broke');
  assert.equal(readProblem(500, PROBLEM, '{}')?.title, 'about:blank');
});

void test('anything at all is read without throwing, and stays short', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const problem = readProblem(500, PROBLEM, text);
      assert.ok(problem === undefined || problem.title.length <= 501);
    }),
  );
});
