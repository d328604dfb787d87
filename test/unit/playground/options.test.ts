import assert from 'node:assert/strict';
import test from 'node:test';
import { parseOptions, UsageError } from '../../../src/playground/options';

test('has defaults for everything', () => {
  assert.deepEqual(parseOptions([]), {
    issuerHost: 'playground.localhost',
    authPort: undefined,
    apiPort: undefined,
    otherPort: undefined,
    parentPid: undefined,
    grace: 0,
    accessTokenTtl: 300,
    sampleFolder: undefined,
  });
});

test('reads every option', () => {
  const args = ['--issuer-host', '127.0.0.1', '--auth-port', '1', '--api-port', '65535', '--other-port', '9'];
  const more = ['--parent-pid', '4294967', '--grace', '20', '--access-token-ttl', '5', '--write-sample', '/tmp/a b'];
  assert.deepEqual(parseOptions([...args, ...more]), {
    issuerHost: '127.0.0.1',
    authPort: 1,
    apiPort: 65_535,
    otherPort: 9,
    parentPid: 4_294_967,
    grace: 20,
    accessTokenTtl: 5,
    sampleFolder: '/tmp/a b',
  });
});

test('refuses what it does not understand', () => {
  for (const [args, message] of [
    [['--nope', '1'], /unknown option --nope/],
    [['start'], /unknown option start/],
    [['--auth-port'], /--auth-port needs a value/],
    [['--write-sample', ''], /--write-sample needs a value/],
    [['--auth-port', '0'], /from 1 to 65535, not 0/],
    [['--auth-port', '65536'], /from 1 to 65535/],
    [['--auth-port', '1e3'], /from 1 to 65535/],
    [['--access-token-ttl', '-1'], /from 1 to 86400/],
    [['--issuer-host', 'example.com'], /must be a loopback name/],
    [['--issuer-host', '0.0.0.0'], /must be a loopback name/],
    [['--issuer-host', 'localhost.evil.example'], /must be a loopback name/],
  ] as const) {
    assert.throws(
      () => parseOptions(args),
      (error: unknown) => error instanceof UsageError && message.test(error.message),
    );
  }
});
