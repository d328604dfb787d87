import { completeAt } from '../../src/core/language/completeAt';
import { checkRequestFile } from '../../src/core/request/checkRequestFile';
import { RequestDocument } from '../../src/core/request/document/requestDocument';
import type { RowsOfFile } from '../../src/core/request/knownRows';
import type { ProjectFile, RequestFile } from '../../src/core/request/model';
import { finish } from '../../src/core/request/steps';
import { checkNamedFiles, namedFiles, rowsOfFiles } from '../../src/core/run/namedFiles';
import { FileLooks } from '../../src/vscode/requests/fileLooks';
import type { Measurement } from '../tools/bench/measurement';

const edits = 100;
/** Keys that are typed in one place. */
const keysPerPlace = 10;
const columns = 100;
const place = { folder: 'file:///work', directory: '' };

/** A file of rows, and schemas that all can be used. */
function glances(): ConstructorParameters<typeof FileLooks>[0] {
  const names = Array.from({ length: columns }, (_, index) => `column${index}`);
  const csv = new TextEncoder().encode(`${names.join()}\n${names.map(() => 'value').join()}\n`);
  const schema = new TextEncoder().encode('{ "type": "object" }');
  return {
    stamp: () => Promise.resolve('1'),
    head: (_folder, path) => Promise.resolve({ bytes: path.endsWith('.csv') ? csv : schema, isWhole: true }),
  };
}

/** Every request has rows of a file, and a schema in another one: what is known of both costs no key that is pressed. */
export async function measureRows(text: string, project: ProjectFile): Promise<readonly Measurement[]> {
  let count = 0;
  const withFiles = text
    .replace(/\n {4}(?:get|post|patch|put): /g, (key) => `\n    forEach: ./rows${count++ % 50}.csv${key}`)
    .replace(/\n {4}expect:\n/g, (key) => `${key}      schema: ./schemas/${count++ % 400}.json\n`);
  const looks = new FileLooks(glances());
  const document = new RequestDocument();
  const check = async (edited: string): Promise<{ readonly file: RequestFile; readonly rows: RowsOfFile }> => {
    const file = document.update(edited);
    const named = finish(namedFiles({ file }));
    const rows = await rowsOfFiles(place, named, looks);
    checkRequestFile(file, project, undefined, rows);
    await checkNamedFiles(place, named, looks);
    return { file, rows };
  };
  const around = { kind: 'request', project, environment: undefined } as const;
  const diagnostics: number[] = [];
  const completion: number[] = [];
  for (let round = 0; round < edits; round++) {
    const url = withFiles.indexOf(
      '/customers/',
      ((Math.floor(round / keysPerPlace) * 37) % 97) * 0.0097 * withFiles.length,
    );
    const typed = `\${${'c'.repeat(round % keysPerPlace)}`;
    const edited = Buffer.from(withFiles.slice(0, url) + typed + withFiles.slice(url)).toString();
    // The cursor goes elsewhere; at first everything is read.
    if (round % keysPerPlace === 0) await check(edited);
    const began = performance.now();
    const { file, rows } = await check(edited);
    const checked = performance.now();
    completeAt({ ...around, text: edited, requests: file, known: { rows } }, url + typed.length);
    const completed = performance.now();
    diagnostics.push(checked - began);
    completion.push(completed - checked);
  }
  const common = { unit: 'ms', aim: 30 } as const;
  return [
    { name: 'one character: diagnostics, rows and schemas in files', values: diagnostics, ...common },
    { name: 'one character: completion of a column', values: completion, ...common },
  ];
}
