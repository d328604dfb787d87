import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isErrorCode } from '../../../../src/core/errors';
import type { EditorSession, EditorSessions, EditorSignIn } from '../../../../src/core/oauth/signInPorts';
import { Secret } from '../../../../src/core/secret';
import { connectionWith } from '../../../helpers/oauth/connection';
import { never, TestWindow } from '../../../helpers/oauth/testWindow';

const folder = 'file:///work';
const github = connectionWith({
  name: 'gh',
  label: 'GitHub',
  vscode: 'github',
  scopes: ['repo'],
  origins: ['https://api.github.com'],
});

/** VS Code with accounts that a test can change. */
class FakeEditorSessions implements EditorSessions {
  sessions: EditorSession[] = [];
  readonly asked: EditorSignIn[] = [];
  answer: EditorSession | undefined;

  find(_provider: string, scopes: readonly string[]): Promise<readonly EditorSession[]> {
    return Promise.resolve(this.sessions.filter((session) => scopes.every((scope) => session.scopes.includes(scope))));
  }

  signIn(request: EditorSignIn): Promise<EditorSession | undefined> {
    this.asked.push(request);
    if (this.answer) this.sessions = [this.answer];
    return Promise.resolve(this.answer);
  }
}

function sessionOf(name: string, token: string, id = name): EditorSession {
  return { id, account: { id: `id-${name}`, label: name }, scopes: ['repo', 'user'], token: new Secret(token) };
}

function windowWith(editorSessions: EditorSessions, approve = true): TestWindow {
  return new TestWindow({ editorSessions, approve: () => approve });
}

describe('a connection that uses an account of VS Code', () => {
  it('has the sessions that VS Code lets Latchkey use, and asks nobody for them', async () => {
    const editor = new FakeEditorSessions();
    editor.sessions = [sessionOf('octocat', 't1'), { ...sessionOf('other', 't2'), scopes: ['user'] }];
    using window = windowWith(editor);
    const sessions = await window.service.sessionsFor(github);
    assert.deepEqual(
      sessions.map(({ account, issuer, scopes, state }) => [account.label, issuer, scopes, state]),
      [['octocat', 'vscode:github', ['repo'], 'active']],
    );
    assert.deepEqual(editor.asked, []);
    assert.doesNotMatch(JSON.stringify(sessions), /t1/);
  });

  it('is approved for the folder before VS Code is asked', async () => {
    const editor = new FakeEditorSessions();
    editor.answer = sessionOf('octocat', 't1');
    using refused = windowWith(editor, false);
    assert.equal((await refused.service.signIn(github, { folder, signal: never() })).kind, 'cancelled');
    assert.deepEqual(editor.asked, []);
    using window = windowWith(editor);
    const outcome = await window.service.signIn(github, { folder, signal: never() });
    assert.equal(outcome.kind, 'signedIn');
    assert.equal(window.asked[0]?.facts.vscode, 'github');
    assert.deepEqual(window.asked[0].facts.origins, ['https://api.github.com']);
    assert.deepEqual(window.asked[0].hosts, []);
    assert.ok(window.service.isTrusted(github, folder));
    assert.ok(!window.service.isTrusted({ ...github, origins: ['https://evil.example'] }, folder));
    assert.ok(!window.service.isTrusted({ ...github, vscode: 'microsoft' }, folder));
  });

  it('is cancelled where the user closes the question of VS Code', async () => {
    using window = windowWith(new FakeEditorSessions());
    assert.equal((await window.service.signIn(github, { folder, signal: never() })).kind, 'cancelled');
  });

  it('is no session of ours: nothing is stored, and the Accounts menu does not show it twice', async () => {
    const editor = new FakeEditorSessions();
    editor.answer = sessionOf('octocat', 't1');
    using window = windowWith(editor);
    await window.service.signIn(github, { folder, signal: never() });
    assert.deepEqual(await window.service.list(), []);
    assert.deepEqual(await window.secrets.keys(), []);
  });

  it('takes the token that VS Code has at each send', async () => {
    const editor = new FakeEditorSessions();
    editor.sessions = [sessionOf('octocat', 't1')];
    using window = windowWith(editor);
    const [session] = await window.service.sessionsFor(github);
    assert.ok(session);
    const first = await window.service.freshToken(session.id, never());
    assert.equal(first.value.revealForTransport(), 't1');
    editor.sessions = [sessionOf('octocat', 't2', 'renewed by VS Code')];
    assert.equal((await window.service.renew(session.id, first, never()))?.value.revealForTransport(), 't2');
    editor.sessions = [];
    await assert.rejects(window.service.freshToken(session.id, never()), (error) =>
      isErrorCode(error, 'oauth.signInAgain'),
    );
  });

  it('has the user sign in anew at VS Code when an API refused the only token there is', async () => {
    const editor = new FakeEditorSessions();
    editor.sessions = [sessionOf('octocat', 't1')];
    editor.answer = sessionOf('octocat', 't2');
    using window = windowWith(editor);
    const [session] = await window.service.sessionsFor(github);
    assert.ok(session);
    const token = await window.service.freshToken(session.id, never());
    assert.equal(await window.service.renew(session.id, token, never()), undefined);
    await window.service.signIn(github, { folder, signal: never() });
    assert.deepEqual(
      editor.asked.map(({ renew, chooseAccount }) => ({ renew, chooseAccount })),
      [{ renew: true, chooseAccount: false }],
    );
    const [renewed] = await window.service.sessionsFor(github);
    assert.equal((await window.service.freshToken(renewed!.id, never())).value.revealForTransport(), 't2');
  });

  it('lets the user choose another account, or names the one that is wanted', async () => {
    const editor = new FakeEditorSessions();
    editor.sessions = [sessionOf('octocat', 't1'), sessionOf('hubot', 't2')];
    using window = windowWith(editor);
    await window.service.sessionsFor(github);
    await window.service.signIn(github, { folder, signal: never() });
    await window.service.signIn(github, { folder, accountId: 'id-hubot', scopes: ['gist'], signal: never() });
    assert.deepEqual(
      editor.asked.map(({ account, chooseAccount, scopes }) => ({ account: account?.label, chooseAccount, scopes })),
      [
        { account: undefined, chooseAccount: true, scopes: ['repo'] },
        { account: 'hubot', chooseAccount: false, scopes: ['repo', 'gist'] },
      ],
    );
  });

  it('knows nothing of a session that it has not seen', async () => {
    using window = windowWith(new FakeEditorSessions());
    await assert.rejects(window.service.freshToken('vscode:github:x', never()), (error) =>
      isErrorCode(error, 'oauth.sessionGone'),
    );
  });
});
