import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkProjectFile } from '../../../../src/core/request/checkProjectFile';
import { describeVariable } from '../../../../src/core/request/describeVariable';
import { mergeProjectFiles } from '../../../../src/core/request/mergeProjectFiles';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { resolveConnection } from '../../../../src/core/request/resolveConnection';
import type { ProjectFile } from '../../../../src/core/request/model';

const base = `connections:
  acme: { issuer: https://login.example, clientId: team, scopes: [a, b], origins: [https://api.example] }
environments:
  local: { api: http://localhost:1, user: shared }
variables: { size: 50, extra: base }
defaults: { headers: { Accept: text/plain, X-A: base } }
protect: [local]
`;

function merge(local: string, other = base): ProjectFile {
  return mergeProjectFiles(parseProjectFile(other), parseProjectFile(local));
}

function connection(project: ProjectFile, environment?: string): unknown {
  const result = resolveConnection(project, 'acme', environment);
  assert.ok(result.ok, JSON.stringify(result));
  const { clientId, issuer, scopes, origins } = result.connection;
  return { clientId, issuer, scopes, origins };
}

describe('latchkey.local.yaml', () => {
  it('replaces single keys and leaves the others', () => {
    assert.deepEqual(connection(merge('connections: { acme: { clientId: mine } }')), {
      clientId: 'mine',
      issuer: 'https://login.example',
      scopes: ['a', 'b'],
      origins: ['https://api.example'],
    });
  });

  it('replaces lists as a whole', () => {
    const project = merge('connections: { acme: { scopes: [c] } }');
    assert.deepEqual((connection(project) as { scopes: unknown }).scopes, ['c']);
  });

  it('removes with null', () => {
    const project = merge('variables: { extra: null }\nconnections: { acme: { clientId: null } }');
    assert.deepEqual([...project.variables.keys()], ['size']);
    assert.equal((connection(project) as { clientId: unknown }).clientId, undefined);
  });

  it('adds', () => {
    const project = merge(
      'environments: { mine: { api: http://localhost:2 } }\nconnections: { b: { issuer: https://b.example } }',
    );
    assert.deepEqual([...project.environments.keys()], ['local', 'mine']);
    assert.deepEqual([...project.connections.keys()], ['acme', 'b']);
  });

  it('merges headers ignoring case', () => {
    const project = merge('defaults: { headers: { x-a: local, X-B: local, ACCEPT: null } }');
    assert.deepEqual(
      project.defaults.headers.map(({ name }) => name),
      ['x-a', 'X-B'],
    );
    assert.deepEqual(project.faults, []);
  });

  it('is told apart from the project file', () => {
    const project = merge('variables: { size: 10 }\nenvironments: { local: { user: me } }');
    const file = parseRequestFile('variables: { own: 1 }');
    const where = (name: string): unknown => {
      const found = describeVariable(name, file, undefined, project, 'local');
      return found && [found.scope, found.variable.origin];
    };
    assert.deepEqual(where('own'), ['file', 'requestFile']);
    assert.deepEqual(where('size'), ['project', 'localProjectFile']);
    assert.deepEqual(where('extra'), ['project', 'projectFile']);
    assert.deepEqual(where('user'), ['environment', 'localProjectFile']);
    assert.deepEqual(where('api'), ['environment', 'projectFile']);
    assert.equal(where('nobody'), undefined);
  });

  it('changes nothing when it is missing, empty or a list', () => {
    assert.equal(mergeProjectFiles(parseProjectFile(base), undefined).connections.size, 1);
    assert.equal(merge('').connections.size, 1);
    assert.equal(merge('- a').connections.size, 1);
  });

  it('stands alone over an empty project file', () => {
    assert.deepEqual([...merge('variables: { a: 1 }', '').variables.keys()], ['a']);
  });

  it('makes the result faulty when its YAML is', () => {
    assert.ok(merge('variables: { a: "x" y }').faults.length > 0);
    assert.ok(merge('- a').faults.length > 0);
  });

  it('can complete a connection, which then is no fault of the project file', () => {
    const half = parseProjectFile('connections: { acme: { issuer: https://login.example } }');
    const whole = mergeProjectFiles(
      half,
      parseProjectFile('connections: { acme: { origins: [https://api.example] } }'),
    );
    assert.deepEqual(
      checkProjectFile(half, undefined).map(({ code }) => code),
      ['connection.noOrigins'],
    );
    assert.deepEqual(checkProjectFile(half, undefined, whole), []);
  });
});
