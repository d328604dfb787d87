import assert from 'node:assert/strict';
import test from 'node:test';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { templateText } from '../../../../src/core/request/templateText';

const urlText = (url: string): string => {
  const [request] = parseRequestFile(`requests:\n  one:\n    get: ${url}\n`).requests;
  assert.ok(request?.url);
  return templateText(request.url);
};

test('a URL that does not resolve reads as in the file', () => {
  assert.equal(urlText('/orders/plain'), '/orders/plain');
  assert.equal(
    urlText('"${api}/orders/${order id}?n=${random:1..9}&u=${uuid}"'),
    '${api}/orders/${order id}?n=${random:1..9}&u=${uuid}',
  );
});

test('an expression that cannot be read is an ellipsis', () => {
  assert.equal(urlText('"/a/${nothing:known}"'), '/a/${…}');
});
