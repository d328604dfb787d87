import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refused, resolve, summary } from '../../../helpers/requestFiles';

const PROJECT = `
connections:
  acme:
    issuer: https://login.acme.dev
    origins: [https://api.acme.dev]
`;

function file(auth: string): string {
  return `requests:\n  a:\n    get: https://api.acme.dev/orders\n    auth: ${auth}\n`;
}

function placed(auth: string): readonly [placement: unknown, warnings: readonly string[]] {
  const text = file(auth);
  const result = resolve(text, { project: PROJECT });
  assert.ok(result.ok, JSON.stringify(result));
  const { auth: resolved } = result.request;
  return [resolved.kind === 'connection' ? resolved.placement : 'none', summary(text, result.diagnostics)];
}

describe('where the token of a request goes', () => {
  it('is not said by a name alone', () => {
    assert.deepEqual(placed('acme'), [undefined, []]);
    assert.deepEqual(placed('{ connection: acme }'), [undefined, []]);
  });

  it('another header [#tokenHeader]', () => {
    const token = { in: 'header', name: 'X-Token' };
    assert.deepEqual(placed('{ connection: acme, in: header, name: X-Token }'), [token, []]);
    assert.deepEqual(placed('{ connection: acme, name: X-Token }'), [token, []]);
    assert.deepEqual(placed('{ connection: acme, in: header }'), [{ in: 'header', name: 'Authorization' }, []]);
  });

  it('the query, with a warning [F5]', () => {
    const auth = '{ connection: acme, in: query, name: token }';
    assert.deepEqual(placed(auth), [{ in: 'query', name: 'token' }, [`warning request.tokenInQuery «${auth}»`]]);
    assert.deepEqual(placed('{ connection: acme, in: query }')[0], { in: 'query', name: 'access_token' });
  });

  it('nowhere else: not into cookies, nor into headers of the connection [F6]', () => {
    for (const name of ['Cookie', 'host', 'Content-Type', 'Transfer-Encoding', '"a b"', '"x:y"', '""']) {
      const faults = refused(file(`{ connection: acme, name: ${name} }`), { project: PROJECT });
      assert.deepEqual(faults, [`error request.wrongKind «${name}»`]);
    }
    assert.deepEqual(refused(file('{ connection: acme, in: body }'), { project: PROJECT }), [
      'error request.unknownValue «body»',
    ]);
    assert.deepEqual(refused(file('{ connection: acme, in: query, name: "" }'), { project: PROJECT }), [
      'error request.wrongKind «""»',
    ]);
  });
});
