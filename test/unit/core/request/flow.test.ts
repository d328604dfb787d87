import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseProjectFile } from '../../../../src/core/request/parseProjectFile';
import { parseRequestFile } from '../../../../src/core/request/parseRequestFile';
import { summary } from '../../../helpers/requestFiles';

function found(request: string, top = ''): readonly string[] {
  const text = `${top}\nrequests:\n  a:\n    get: /a\n    ${request.replaceAll('\n', '\n    ')}`;
  return summary(text, parseRequestFile(text).diagnostics);
}

function flowOf(request: string): ReturnType<typeof parseRequestFile>['requests'][number]['flow'] {
  const [entry] = parseRequestFile(`requests:\n  a:\n    get: /a\n    ${request}`).requests;
  assert.ok(entry);
  assert.deepEqual(entry.faults, []);
  return entry.flow;
}

describe('when, how often and after what a request is sent', () => {
  it('needs', () => {
    assert.deepEqual(
      flowOf('needs: [b, list orders]').needs.map(({ name }) => name),
      ['b', 'list orders'],
    );
    assert.deepEqual(
      flowOf('needs: b').needs.map(({ name }) => name),
      ['b'],
    );
    assert.deepEqual(found('needs: { b: c }'), ['error request.wrongKind «{ b: c }»']);
  });

  it('fields of rows that nothing can name', () => {
    assert.deepEqual(found('forEach: [{ a.b: 1, c: 2 }, 3]'), ['warning run.badField «a.b»']);
  });

  it('forEach', () => {
    for (const [text, kind] of [
      ['./rows.csv', 'file'],
      ['../data/rows-${env:STAGE}.JSON', 'file'],
      ['${ids}', 'value'],
      ['${list.ids}', 'value'],
      ['[1, 2]', 'value'],
      ['[]', 'value'],
    ] as const)
      assert.equal(flowOf(`forEach: ${text}`).forEach?.kind, kind, text);
    for (const text of ['rows', './rows.xml', '5', '{ a: b }', 'true'])
      assert.deepEqual(found(`forEach: ${text}`), [`error request.wrongKind «${text}»`]);
  });

  it('retry', () => {
    const { retry } = flowOf('retry: { times: 5, interval: 2s, until: { status: 200 } }');
    assert.deepEqual([retry?.times, retry?.interval, retry?.until?.status], [5, 2000, [200]]);
    assert.deepEqual(flowOf('retry: { times: 1 }').retry, { times: 1, interval: 1000, until: undefined });
    for (const [text, fault] of [
      ['{ times: 0 }', 'request.wrongKind «0»'],
      ['{ times: 101 }', 'request.wrongKind «101»'],
      ['{ times: x }', 'request.wrongKind «x»'],
      ['{ interval: 1s }', 'request.wrongKind «{ interval: 1s }»'],
      ['{ times: 1, interval: 5 }', 'request.badDuration «5»'],
      ['{ times: 1, untill: {} }', 'request.unknownKey «untill»'],
      ['{ times: 1, until: { status: x } }', 'request.badStatus «x»'],
      ['3', 'request.wrongKind «3»'],
    ] as const)
      assert.deepEqual(found(`retry: ${text}`), [`error ${fault}`]);
  });

  it('skip', () => {
    assert.equal(flowOf('skip: true').skip?.kind, 'boolean');
    assert.equal(flowOf('skip: ${flag}').skip?.kind, 'text');
    assert.deepEqual(found('skip: never'), ['error request.wrongKind «never»']);
  });
});

describe('inputs', () => {
  const read = (inputs: string): readonly string[] => {
    const text = `inputs: ${inputs}`;
    assert.deepEqual(
      summary(text, parseProjectFile(text).diagnostics),
      summary(text, parseRequestFile(text).diagnostics),
    );
    return summary(text, parseRequestFile(text).diagnostics);
  };

  it('say how they are asked for', () => {
    const file = parseRequestFile(
      'inputs: { otp: { label: Code, choices: [a, b], default: b, remember: session }, pin: { password: true } }',
    );
    assert.deepEqual(file.diagnostics, []);
    const otp = file.inputs.get('otp');
    assert.deepEqual(
      [otp?.label, otp?.choices, otp?.default, otp?.remember, otp?.password],
      ['Code', ['a', 'b'], 'b', 'session', false],
    );
    assert.equal(file.inputs.get('pin')?.password, true);
  });

  it('have no password in the file', () => {
    assert.deepEqual(read('{ pin: { password: true, default: "1234" } }'), ['error input.passwordDefault «"1234"»']);
  });

  it('have a default among the choices', () => {
    assert.deepEqual(read('{ a: { choices: [x, y], default: z } }'), ['error input.defaultNotAChoice «z»']);
  });

  it('have mistakes', () => {
    assert.deepEqual(read('{ "a.b": {} }'), ['error request.badName «"a.b"»']);
    assert.deepEqual(read('{ a: { remember: ever } }'), ['error request.unknownValue «ever»']);
    assert.deepEqual(read('{ a: { choices: [] } }'), ['error request.wrongKind «[]»']);
    assert.deepEqual(read('{ a: { labl: x } }'), ['error request.unknownKey «labl»']);
    assert.deepEqual(read('{ a: text }'), ['error request.wrongKind «text»']);
  });
});
