import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkRun, checkRunInSteps } from '../../../../src/core/run/checkRun';
import { Library } from '../../../../src/core/run/library';
import { formatTemplate } from '../../../../src/core/text/template';
import { diagnosticTemplate } from '../../../../src/core/request/diagnostic';
import { RunTheatre } from '../../../helpers/runs';

async function found(files: Readonly<Record<string, string>>, project?: string): Promise<readonly string[]> {
  const theatre = new RunTheatre({ files, ...(project === undefined ? {} : { project }) });
  const [path = ''] = Object.keys(files);
  const text = files[path] ?? '';
  const place = theatre.place(path);
  assert.deepEqual(place.file.diagnostics, []);
  const library = await Library.load([place], (_folder, other) =>
    Promise.resolve(other in files ? theatre.place(other) : undefined),
  );
  return checkRun(place, library).map(
    ({ code, range, data }) =>
      `${code} «${text.slice(range.start, range.end)}» ${formatTemplate(diagnosticTemplate(code).message, data)}`,
  );
}

const file = (requests: string, top = ''): Record<string, string> => ({
  'a.http.yaml': `${top}\nrequests:\n${requests}`,
});

describe('requests that need each other, as they are typed', () => {
  const table: readonly (readonly [name: string, files: Record<string, string>, found: readonly RegExp[]])[] = [
    [
      'none',
      file('  a: { get: /a, needs: [b] }\n  b: { get: /b, capture: { id: $.id } }\n  c: { get: "/${b.id}" }'),
      [],
    ],
    [
      'an unknown request',
      file('  a: { get: /a, needs: [bb, zzz] }\n  b: { get: /b }'),
      [/run\.unknownRequest «bb» .* did you mean b\?/, /run\.unknownRequestHere «zzz»/],
    ],
    [
      'an unknown capture',
      file('  a: { get: "/${b.idd}/${b.id}" }\n  b: { get: /b, capture: { id: $.id } }\n  c: { get: "/${a.x}" }'),
      [/run\.unknownCapture «\$\{b\.idd\}» The request b captures no idd/, /run\.noCaptures «\$\{a\.x\}»/],
    ],
    [
      'an unknown request of a capture, in a variable of the file',
      file('  a: { get: "/${id}" }', 'variables: { id: "${c.id}" }'),
      [/run\.unknownRequestHere «\$\{c\.id\}»/],
    ],
    [
      'an input',
      file('  a: { get: "/${input:otp}/${input:opt}/${input:else}" }', 'inputs: { otp: {} }'),
      [/run\.unknownInput «\$\{input:opt\}» .* did you mean otp/, /run\.unknownInputHere «\$\{input:else\}»/],
    ],
    [
      'messages of a WebSocket',
      file('  a: { websocket: /a, messages: ["${b.x}", { json: "${input:y}" }] }\n  b: { get: /b }'),
      [/run\.noCaptures «\$\{b\.x\}»/, /run\.unknownInputHere «\$\{input:y\}»/],
    ],
    [
      'circles, with the chain',
      file(
        '  a: { get: /a, needs: [b] }\n  b: { get: "/${c.id}" }\n  c: { get: /c, needs: [b], capture: { id: $.id } }\n  d: { get: /d, needs: [d] }',
      ),
      [/run\.cycle «b» .* b → c → b/, /run\.cycle «c» .* c → b → c/, /run\.cycle «d» .* d → d/],
    ],
    [
      'rows may bring any name',
      file('  a: { get: "/${id}/${b.x}", forEach: ./rows.csv }\n  b: { get: /b, capture: { y: $.y } }'),
      [/run\.unknownCapture «\$\{b\.x\}»/],
    ],
  ];
  for (const [name, files, expected] of table) {
    it(name, async () => {
      const all = await found(files);
      assert.equal(all.length, expected.length, all.join('\n'));
      for (const [index, pattern] of expected.entries()) assert.match(all[index] ?? '', pattern);
    });
  }

  it('knows the inputs of the project, and what its defaults need', async () => {
    const project = 'inputs: { otp: {} }\ndefaults: { headers: { X: "${login.token}" } }';
    const all = await found(file('  a: { get: "/${input:otp}" }'), project);
    assert.equal(all.length, 1);
    assert.match(all[0] ?? '', /run\.unknownRequestHere «a» There is no request login/);
  });

  it('looks into imported files, and says which are not there', async () => {
    const files = {
      ...file(
        '  a: { get: "/${login.token}", needs: [twice] }',
        'import: [./b.http.yaml, ./c.http.yaml, ./no.http.yaml, ../x.http.yaml, ./rows.csv]',
      ),
      'b.http.yaml': 'requests: { login: { get: /, capture: { token: $.t } }, twice: { get: / } }',
      'c.http.yaml': 'import: [./a.http.yaml]\nrequests: { twice: { get: /, needs: [a] } }',
    };
    const all = await found(files);
    for (const [index, pattern] of [
      /run\.importMissing «\.\/no\.http\.yaml»/,
      /run\.importOutside «\.\.\/x\.http\.yaml»/,
      /run\.importNotARequestFile «\.\/rows\.csv»/,
      /run\.ambiguousRequest «twice» .*b\.http\.yaml, c\.http\.yaml/,
    ].entries())
      assert.match(all[index] ?? '', pattern);
    assert.equal(all.length, 4);
  });

  it('says which imported file a link leads out of the folder from', async () => {
    const theatre = new RunTheatre({ files: file('  a: { get: /a, needs: [b] }', 'import: ./linked.http.yaml') });
    const place = theatre.place('a.http.yaml');
    const library = await Library.load([place], () => Promise.resolve('outside'));
    assert.deepEqual(
      checkRun(place, library).map(({ code }) => code),
      ['run.importOutside', 'run.unknownRequestHere'],
    );
  });

  it('takes short steps, also where all requests are one circle', async () => {
    const many = Array.from({ length: 400 }, (_, at) => `  r${at}: { get: /, needs: [r${(at + 1) % 400}] }`);
    const theatre = new RunTheatre({ files: file(many.join('\n')) });
    const place = theatre.place('a.http.yaml');
    const steps = checkRunInSteps(place, await Library.load([place], () => Promise.resolve(undefined)));
    let count = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) count++;
    assert.equal(step.value.length, 400);
    assert.ok(count > 400, `${count} steps`);
  });

  it('finds a circle across files', async () => {
    const files = {
      ...file('  a: { get: /a, needs: [b] }', 'import: [./b.http.yaml]'),
      'b.http.yaml': 'import: [./a.http.yaml]\nrequests: { b: { get: /b, needs: [a] } }',
    };
    assert.match((await found(files))[0] ?? '', /run\.cycle «a» .* a → b → a/);
  });
});
