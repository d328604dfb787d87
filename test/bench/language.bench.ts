import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseDocument } from 'yaml';
import { checkRequestFile } from '../../src/core/request/checkRequestFile';
import { RequestDocument } from '../../src/core/request/document/requestDocument';
import { outlineOf } from '../../src/core/request/index/fileOutline';
import { Symbols, type SymbolFile } from '../../src/core/request/index/symbols';
import { locateRequest } from '../../src/core/request/locateRequest';
import type { RequestFile } from '../../src/core/request/model';
import { parseProjectFile } from '../../src/core/request/parseProjectFile';
import { runInSlices } from '../../src/vscode/platform/runInSlices';
import { largeRequestFile } from '../helpers/largeRequestFile';
import type { Measurement } from '../tools/bench/measurement';
import { languageEdits, type LanguageEdit } from './languageEdits';
import { measureEditor } from './languageEditor';
import { measureFeatures } from './languageFeatures';
import { measureRows } from './languageRows';

const requests = 2_000;
const firstReadings = 12;
const editsOfAKind = 100;
const indexedFiles = 500;
const requestsPerFile = 40;

const project = parseProjectFile(`connections:
  acme: { issuer: https://login.acme.dev, clientId: tests, origins: ["\${api}"] }
variables: { api: https://api.acme.dev }
defaults: { auth: acme }
`);

/**
 * How long a request file of 2,000 requests takes to be read, and to be read again after an edit, beside one parse of
 * all of it by the YAML package in the same run; the same inside VS Code; and an index of 500 files.
 */
export async function run(): Promise<readonly Measurement[]> {
  const text = largeRequestFile(requests);
  const features = measureFeatures(text, project);
  return [
    ...measureFirst(text),
    ...measureEdits(text),
    ...features,
    ...(await measureRows(text, project)),
    ...(await measureIndex()),
    ...(await measureEditor(text)),
  ];
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

/** What the editor shows of a text: the reading, and everything that is found. */
function diagnostics(document: RequestDocument, text: string): number {
  const file = document.update(text);
  return file.diagnostics.length + checkRequestFile(file, project, undefined).length;
}

function measureFirst(text: string): readonly Measurement[] {
  const yaml: number[] = [];
  const ours: number[] = [];
  // In turn, so that what else the machine does falls on both. The first round warms up.
  for (let round = 0; round <= firstReadings; round++) {
    const parse = timed(() => parseDocument(text));
    const first = timed(() => diagnostics(new RequestDocument(), text));
    if (round > 0) {
      yaml.push(parse);
      ours.push(first);
    }
  }
  return [
    { name: 'whole parse, yaml package', unit: 'ms', values: yaml, others: 'stated: 131' },
    { name: 'first full diagnostics (ratio ≤ 1.5)', unit: 'ms', values: ours, baseline: yaml },
  ];
}

function measureEdits(text: string): readonly Measurement[] {
  return languageEdits.flatMap((edit) => {
    const after = { diagnostics: [] as number[], outline: [] as number[], place: [] as number[] };
    const document = new RequestDocument();
    let current = text;
    diagnostics(document, current);
    for (let round = 0; round < editsOfAKind; round++) {
      current = flat(edit.apply(current, round));
      after.diagnostics.push(timed(() => diagnostics(document, current)));
      current = flat(edit.apply(current, round + editsOfAKind));
      after.outline.push(timed(() => outline(document, current)));
      current = flat(edit.apply(current, round + 2 * editsOfAKind));
      after.place.push(timed(() => locateRequest(document.update(current), current.length / 2)?.url));
    }
    return [
      editMeasurement(edit, 'diagnostics', after.diagnostics),
      editMeasurement(edit, 'places of all requests', after.outline, 'symbols 64 and 1,908; lenses 87 and 1,837'),
      editMeasurement(edit, 'what is at the cursor', after.place, 'completion 126 and 379'),
    ];
  });
}

function editMeasurement({ name }: LanguageEdit, what: string, values: readonly number[], others = ''): Measurement {
  return { name: `${name}: ${what}`, unit: 'ms', values, aim: 30, ...(others === '' ? {} : { others }) };
}

/** Pasted together texts are only put in one place when somebody reads them, which is no part of what is measured. */
function flat(text: string): string {
  return Buffer.from(text).toString();
}

/** What symbols and lenses are made of. */
function outline(document: RequestDocument, text: string): number {
  let sum = 0;
  for (const { title, nameRange, extent } of document.update(text).requests) {
    sum += title.length + nameRange.start + extent.end;
  }
  return sum;
}

async function measureIndex(): Promise<readonly Measurement[]> {
  const texts = Array.from({ length: indexedFiles }, (_, index) => `# ${index}\n${largeRequestFile(requestsPerFile)}`);
  const files: SymbolFile[] = [];
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const began = performance.now();
  for (const [number, text] of texts.entries()) {
    const file = await runInSlices(new RequestDocument().read(text), () => false);
    if (file) files.push(indexed(`file:///${number}`, file));
    await new Promise((resolve) => setImmediate(resolve));
  }
  const all = performance.now() - began;
  const [first] = files;
  const at = (texts[0] ?? '').indexOf('${status}') + 3;
  const search = (): unknown => new Symbols(files).at(first?.uri ?? '', at)?.symbol.uses;
  const searches = Array.from({ length: 50 }, () => timed(search));
  delays.disable();
  const one = texts.slice(0, 50).map((text) => timed(() => indexed('', new RequestDocument().update(text))));
  return [
    { name: '500 files into the index', unit: 'ms', values: [all] },
    { name: '500 files: longest block of the event loop', unit: 'ms', values: [delays.max / 1e6], aim: 50 },
    { name: 'one file of 40 requests into the index', unit: 'ms', values: one },
    { name: 'who uses a variable, of 500 files', unit: 'ms', values: searches, aim: 50 },
  ];
}

function indexed(uri: string, file: RequestFile): SymbolFile {
  const { names } = outlineOf(file);
  names.prepare();
  return { uri, kind: 'request', project: 'file:', folder: 'file:', imports: [], names };
}
