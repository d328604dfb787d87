import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { startPlayground, type StartedPlayground } from '../../helpers/playground';
import { allScopes, call, discover, insecure, noAuth } from '../../helpers/playgroundTokens';
import { asPage, PlaygroundVisitor } from '../../helpers/playgroundVisitor';

let playground: StartedPlayground;
before(async () => {
  playground = await startPlayground();
});
after(() => playground[Symbol.asyncDispose]());

interface Started {
  readonly as: oauth.AuthorizationServer;
  readonly client: oauth.Client;
  readonly code: oauth.DeviceAuthorizationResponse;
}

async function start(): Promise<Started> {
  const as = await discover(playground.issuer);
  const client = { client_id: playground.clientId };
  const response = await oauth.deviceAuthorizationRequest(as, client, noAuth, { scope: allScopes }, insecure);
  return { as, client, code: await oauth.processDeviceAuthorizationResponse(as, client, response) };
}

async function tokens({ as, client, code }: Started): Promise<oauth.TokenEndpointResponse> {
  const response = await oauth.deviceCodeGrantRequest(as, client, noAuth, code.device_code, insecure);
  return oauth.processDeviceCodeResponse(as, client, response);
}

test('a code is confirmed, and gives tokens that refresh and open the API [#device]', async () => {
  const started = await start();
  await assert.rejects(tokens(started), { error: 'authorization_pending' });
  const visitor = new PlaygroundVisitor();
  const confirm = asPage(await visitor.open(started.code.verification_uri_complete ?? ''));
  assert.match(confirm.html, /Is this your code\?/);
  assert.ok(confirm.html.includes(started.code.user_code));
  const done = asPage(
    await new PlaygroundVisitor().confirmCode(started.code.verification_uri_complete ?? '', { user: 'bob' }),
  );
  assert.match(done.html, /You are signed in/);
  const answer = await tokens(started);
  assert.ok(answer.refresh_token);
  assert.equal(oauth.getValidatedIdTokenClaims(answer)?.sub, 'bob');
  assert.equal((await call(playground.api, '/profile', answer.access_token)).status, 200);
});

test('the code can be typed, small and without its hyphen; a wrong one is asked for again', async () => {
  const started = await start();
  const visitor = new PlaygroundVisitor();
  const empty = asPage(await visitor.open(started.code.verification_uri));
  assert.match(empty.html, /<label for="code">/);
  const wrong = asPage(await visitor.submit(empty, 'device', { user_code: '<b>AAAA' }));
  assert.match(wrong.html, /There is no such code/);
  assert.ok(!wrong.html.includes('<b>'));
  const typed = started.code.user_code.toLowerCase().replace('-', '');
  const confirm = await visitor.submit(wrong, 'device', { user_code: typed });
  assert.match(asPage(confirm).html, /Is this your code\?/);
  const login = await visitor.submit(confirm, 'device');
  const consent = asPage(await visitor.submit(login, 'login', { user: 'alice' }));
  assert.match(consent.html, /The answer goes to the window that shows the code/);
  await visitor.submit(consent, 'consent');
  assert.ok((await tokens(started)).access_token);
  const again = asPage(await visitor.open(started.code.verification_uri_complete ?? ''));
  assert.match(again.html, /This code was used already/);
});

test('whoever finds another code or does not allow it ends the sign-in', async () => {
  const mistaken = await start();
  const visitor = new PlaygroundVisitor();
  const confirm = await visitor.open(mistaken.code.verification_uri_complete ?? '');
  const aborted = asPage(await visitor.submit(confirm, 'device', { abort: 'yes' }));
  assert.match(aborted.html, /Nobody was signed in/);
  await assert.rejects(tokens(mistaken), { error: 'access_denied' });

  const denied = await start();
  const end = await new PlaygroundVisitor().confirmCode(denied.code.verification_uri_complete ?? '', {
    user: 'alice',
    decision: 'deny',
  });
  assert.match(asPage(end).html, /Nobody was signed in/);
  await assert.rejects(tokens(denied), { error: 'access_denied' });
});

test('another page’s form is refused', async () => {
  const started = await start();
  const visitor = new PlaygroundVisitor();
  const confirm = asPage(await visitor.open(started.code.verification_uri_complete ?? ''));
  const forged = asPage(await visitor.submit(confirm, 'device', { xsrf: 'guessed' }));
  assert.match(forged.html, /That did not work/);
  await assert.rejects(tokens(started), { error: 'authorization_pending' });
});
