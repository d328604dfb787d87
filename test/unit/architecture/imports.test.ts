import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import type { Node } from 'oxc-parser';
import { childrenOf, parseSource, stringOf } from '../../tools/docs/syntax';

/** What each layer of src/ may import: other layers, and packages. `types` marks layers for `import type` only. */
const rules: Record<string, { layers: string[]; types: string[]; packages: RegExp[] }> = {
  core: {
    layers: ['core'],
    types: [],
    packages: [
      /^yaml$/,
      /^oauth4webapi$/,
      /^@cfworker\/json-schema$/,
      /^@noble\/hashes(\/|$)/,
      /^aws4fetch$/,
      /^papaparse$/,
      /^tough-cookie$/,
      /^@scalar\/snippetz(\/|$)/,
      /^eventsource-parser$/,
    ],
  },
  node: { layers: ['node', 'core'], types: [], packages: [/^node:/, /^undici(\/|$)/, /^ws$/] },
  vscode: { layers: ['vscode', 'core', 'shared'], types: [], packages: [/^vscode$/, /^node:crypto$/] },
  shared: { layers: ['shared'], types: ['core'], packages: [] },
  webview: { layers: ['webview', 'shared'], types: [], packages: [/^lit(\/|$)/, /^(?:worker:)?pdfjs-dist\//] },
  wiring: {
    layers: ['wiring', 'vscode', 'node', 'core', 'shared'],
    types: [],
    packages: [/^vscode$/],
  },
  playground: { layers: ['playground'], types: [], packages: [/^node:/, /^oidc-provider(\/|$)/, /^yaml$/] },
};

/** Files at the top of src/: the composition root may see everything. */
const root = 'src';

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function files(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) return files(full);
    return entry.name.endsWith('.ts') ? [full] : [];
  });
}

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const visit = (node: Node): void => {
    const here = importIn(node);
    if (here) found.push(here);
    childrenOf(node).forEach(visit);
  };
  visit(parseSource(file, readFileSync(file, 'utf8')).program);
  return found;
}

function importIn(node: Node): Import | undefined {
  if (node.type === 'ImportDeclaration') return { specifier: node.source.value, typeOnly: node.importKind === 'type' };
  if (node.type === 'ExportAllDeclaration' || node.type === 'ExportNamedDeclaration') {
    return node.source ? { specifier: node.source.value, typeOnly: node.exportKind === 'type' } : undefined;
  }
  if (node.type === 'TSImportType') return { specifier: node.source.value, typeOnly: true };
  const specifier = loadedBy(node);
  return specifier === undefined ? undefined : { specifier, typeOnly: false };
}

function loadedBy(node: Node): string | undefined {
  if (node.type === 'ImportExpression') return stringOf(node.source);
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return undefined;
  const [first] = node.arguments;
  return first && node.callee.name === 'require' ? stringOf(first) : undefined;
}

function violations(file: string): string[] {
  const layer = path.relative(root, file).split(path.sep)[0] ?? '';
  const rule = rules[layer];
  if (!rule) return [`${file}: unknown layer "${layer}"; add it to the rules and to ARCHITECTURE.md`];
  return importsOf(file).flatMap(({ specifier, typeOnly }) => {
    if (!specifier.startsWith('.')) {
      return rule.packages.some((allowed) => allowed.test(specifier)) ? [] : [`${file} imports ${specifier}`];
    }
    const target = path.relative(root, path.resolve(path.dirname(file), specifier)).split(path.sep)[0] ?? '';
    const allowed = rule.layers.includes(target) || (typeOnly && rule.types.includes(target));
    return allowed ? [] : [`${file} imports ${specifier}${typeOnly ? ' (type)' : ''}`];
  });
}

test('every import follows the one-way rules between layers', () => {
  const layered = files(root).filter((file) => path.dirname(file) !== root);
  assert.ok(layered.length > 20, 'the walk found the sources');
  assert.deepEqual(layered.flatMap(violations), []);
});

test('nobody imports the composition root', () => {
  const offenders = files(root).flatMap((file) =>
    importsOf(file)
      .filter(({ specifier }) => /(^|\/)extension$/.test(specifier))
      .map(({ specifier }) => `${file} imports ${specifier}`),
  );
  assert.deepEqual(offenders, []);
});

test('no default exports and no barrels', () => {
  const offenders = files(root).filter((file) => {
    const text = readFileSync(file, 'utf8');
    return /^export default /m.test(text) || /^export \* from /m.test(text) || path.basename(file) === 'index.ts';
  });
  assert.deepEqual(offenders, []);
});
