import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import ts from 'typescript';

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
  webview: { layers: ['webview', 'shared'], types: [], packages: [/^lit(\/|$)/] },
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
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      const typeOnly = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      found.push({ specifier: (node.moduleSpecifier as ts.StringLiteral).text, typeOnly });
    } else if (ts.isCallExpression(node) && node.arguments[0] && ts.isStringLiteralLike(node.arguments[0])) {
      const callee = node.expression;
      const loads =
        callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require');
      if (loads) found.push({ specifier: node.arguments[0].text, typeOnly: false });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push({ specifier: (node.argument.literal as ts.StringLiteral).text, typeOnly: true });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
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
