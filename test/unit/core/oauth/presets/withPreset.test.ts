import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { connectionKey } from '../../../../../src/core/oauth/connectionKey';
import { isWithoutPkce } from '../../../../../src/core/oauth/connectionPkce';
import type { ConnectionConfig } from '../../../../../src/core/oauth/model';
import { presetNamed, presets } from '../../../../../src/core/oauth/presets/presets';
import { withPreset } from '../../../../../src/core/oauth/presets/withPreset';
import { loopbackPlace } from '../../../../../src/core/oauth/redirectUris';
import { trustFacts } from '../../../../../src/core/oauth/trust';
import { connectionWith } from '../../../../helpers/oauth/connection';

function filled(name: string, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  const preset = presetNamed(name);
  assert.ok(preset);
  return withPreset(connectionWith({ preset: name, clientId: 'me', origins: [], ...more }), preset);
}

suite('a connection with a preset', () => {
  test('what the user approves are the endpoints and origins that are really used', () => {
    const { endpoints, origins, parameters, preset } = trustFacts(filled('dropbox'));
    assert.equal(endpoints['token'], 'https://api.dropboxapi.com/oauth2/token');
    assert.equal(endpoints['userinfo'], 'https://api.dropboxapi.com/2/users/get_current_account');
    assert.deepEqual(origins, ['https://api.dropboxapi.com', 'https://content.dropboxapi.com']);
    assert.equal(parameters, 'authorize.token_access_type=offline');
    assert.equal(preset, 'dropbox');
  });

  test('lets the server name the origin unless the file says where the token may go, which the user approves', () => {
    const issuer = 'https://login.salesforce.com';
    const told = filled('salesforce', { issuer });
    assert.deepEqual(told.toldOrigin, { captured: 'instance_url', within: 'my.salesforce.com' });
    assert.deepEqual(trustFacts(told).options, { toldOrigin: 'instance_url within my.salesforce.com' });
    const own = filled('salesforce', { issuer, origins: ['https://acme.my.salesforce.com'] });
    assert.equal(own.toldOrigin, undefined);
    assert.equal(filled('github').toldOrigin, undefined);
  });

  test('has the sessions of one that writes the same out, and no others', async () => {
    const named = filled('spotify');
    const { authorization, token } = named.endpoints;
    const written = connectionWith({ clientId: 'me', endpoints: { authorization, token } });
    assert.equal(await connectionKey(named), await connectionKey(written));
    const other = connectionWith({ clientId: 'me', endpoints: { authorization, token: 'https://a.test/token' } });
    assert.notEqual(await connectionKey(named), await connectionKey(other));
  });

  test('follows the provider’s redirect rules [R1]', () => {
    assert.deepEqual(loopbackPlace(filled('spotify')).ports, [0]);
    assert.notDeepEqual(loopbackPlace(filled('okta')).ports, [0]);
    assert.equal(loopbackPlace(filled('microsoft')).host, 'localhost');
    assert.equal(filled('salesforce').redirectRules?.loopback, 'refused');
    assert.equal(filled('linear').redirectRules, undefined);
  });

  test('is without PKCE only where the provider fails with it, which is rare [#noPkce]', () => {
    const secret = { clientSecretName: 'mine' };
    const without = Object.keys(presets).filter((name) => isWithoutPkce(filled(name)));
    assert.deepEqual(without, ['linkedin']);
    const withSecret = Object.keys(presets).filter((name) => isWithoutPkce(filled(name, secret)));
    assert.deepEqual(withSecret.sort(), ['linkedin', 'slack']);
    assert.equal(isWithoutPkce(filled('linkedin', { grant: 'clientCredentials' })), false, 'there is no code');
  });
});
