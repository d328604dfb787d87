// Builds every bundle. `node esbuild.js` makes what the extension needs to run from the checkout;
// `--tools` adds the tools under out/, `--tests` the tests too (`--tests=unit` those of one layer), `--production`
// minifies, `--watch` rebuilds on change.
'use strict';
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.find((argument) => /^--tests(=|$)/.test(argument));
const tools = process.argv.includes('--tools');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  minify: production,
  keepNames: false,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
  define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
};

const node = { ...common, platform: 'node', target: 'node22', mainFields: ['module', 'main'] };

/**
 * esbuild splits code only for ES modules, and the extension host loads CommonJS fastest. So the extension is
 * bundled and split as ES modules first, then each output is rewritten to CommonJS; `import()` becomes a
 * `require` that runs when it is first reached. That is what keeps activation small.
 * @type {import('esbuild').Plugin}
 */
const splitToCommonJs = {
  name: 'split-to-commonjs',
  setup(build) {
    build.initialOptions.write = false;
    build.onEnd(async (result) => {
      if (result.errors.length > 0) return;
      const outdir = path.resolve(build.initialOptions.outdir);
      fs.rmSync(path.join(outdir, 'chunks'), { recursive: true, force: true });
      for (const file of result.outputFiles) {
        fs.mkdirSync(path.dirname(file.path), { recursive: true });
        if (!file.path.endsWith('.js')) {
          fs.writeFileSync(file.path, file.contents);
          continue;
        }
        const { code } = await esbuild.transform(file.text, {
          format: 'cjs',
          platform: 'node',
          target: 'node22',
          supported: { 'dynamic-import': false },
          minify: production,
          sourcemap: false,
        });
        fs.writeFileSync(file.path, code);
      }
    });
  },
};

/**
 * Undici's client for HTTP/2 is never reached, and would load `node:http2` with the first request of all.
 * @type {import('esbuild').Plugin}
 */
const withoutUndiciHttp2 = {
  name: 'without-undici-http2',
  setup(build) {
    build.onLoad({ filter: /[\\/]undici[\\/]lib[\\/]dispatcher[\\/]client-h2\.js$/ }, () => ({
      contents: "module.exports = () => { throw new Error('HTTP/2 is not spoken here'); };",
    }));
  },
};

/**
 * VS Code's API as an ES module of the names that our sources use. It is none, and `import * as vscode` of what is none
 * becomes a copy of everything in it for each module that says so: 25 MB and a fifth of a second when they are loaded.
 * @type {import('esbuild').Plugin}
 */
const vscodeByName = {
  name: 'vscode-by-name',
  setup(build) {
    const namespace = 'vscode-by-name';
    build.onResolve({ filter: /^vscode$/ }, ({ path: name, importer }) =>
      importer === name ? { path: name, external: true } : { path: name, namespace },
    );
    build.onLoad({ filter: /./, namespace }, async () => {
      const files = (await fs.promises.readdir('src', { recursive: true })).filter((name) => name.endsWith('.ts'));
      const texts = await Promise.all(files.map((name) => fs.promises.readFile(path.join('src', name), 'utf8')));
      const names = new Set(texts.flatMap((text) => Array.from(text.matchAll(/\bvscode\.(\w+)/g), ([, name]) => name)));
      return { contents: `export { ${[...names].join(', ')} } from 'vscode';` };
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const extension = {
  ...node,
  entryPoints: { extension: 'src/extension.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  splitting: true,
  external: ['vscode'],
  sourcemap: false,
  metafile: true,
  plugins: [vscodeByName, withoutUndiciHttp2, splitToCommonJs],
};

/**
 * The threads that look through large bodies, filter JSON, look into what expectations and captures are about, and read API
 * descriptions.
 * @type {import('esbuild').BuildOptions}
 */
const bodyWorker = {
  ...node,
  entryPoints: {
    bodyWorker: 'src/node/body/bodyWorker.ts',
    filterWorker: 'src/node/body/filterWorker.ts',
    examineWorker: 'src/node/body/examineWorker.ts',
    descriptionWorker: 'src/node/openapi/descriptionWorker.ts',
  },
  outdir: 'dist',
  format: 'cjs',
  sourcemap: false,
};

/** @type {import('esbuild').BuildOptions} */
const webview = {
  ...common,
  platform: 'browser',
  target: 'chrome120',
  entryPoints: { runner: 'src/webview/runner.ts', inspector: 'src/webview/inspector.ts' },
  outdir: 'dist/webview',
  format: 'iife',
  loader: { '.ttf': 'file' },
  tsconfig: 'src/webview/tsconfig.json',
};

/**
 * pdf.js decodes some kinds of pictures by WebAssembly, or by scripts that it loads; pages of ours may do neither. So
 * these scripts become a part of its worker.
 * @type {import('esbuild').Plugin}
 */
const decodersInWorker = {
  name: 'decoders-in-worker',
  setup(build) {
    build.onLoad({ filter: /pdf\.worker\.mjs$/ }, async ({ path: file }) => {
      const pieces = (await fs.promises.readFile(file, 'utf8')).split(/import\([^()]*?_noWasmFilename\}`\)/);
      if (pieces.length !== 2) throw new Error('pdf.js loads its decoders in another way than it did.');
      const decoders = ['jbig2', 'openjpeg']
        .map((name) => `${name}_nowasm_fallback.js`)
        .map((name) => `'${name}': () => import('pdfjs-dist/wasm/${name}')`);
      return { contents: pieces.join(`({ ${decoders.join(', ')} })[this._noWasmFilename]()`), loader: 'js' };
    });
  },
};

/**
 * A page of VS Code can start threads from text only: `import text from 'worker:<module>'`.
 * @type {import('esbuild').Plugin}
 */
const workersAsText = {
  name: 'workers-as-text',
  setup(build) {
    build.onResolve({ filter: /^worker:/ }, ({ path: name }) => ({
      path: require.resolve(name.slice('worker:'.length)),
      namespace: 'worker',
    }));
    build.onLoad({ filter: /./, namespace: 'worker' }, async ({ path: file }) => {
      const { outputFiles } = await esbuild.build({
        ...common,
        platform: 'browser',
        target: 'chrome120',
        entryPoints: [file],
        format: 'esm',
        sourcemap: false,
        write: false,
        plugins: [decodersInWorker],
      });
      return { contents: outputFiles[0].text, loader: 'text' };
    });
  },
};

/**
 * What the runner loads with the first PDF.
 * @type {import('esbuild').BuildOptions}
 */
const pdfViewer = {
  ...webview,
  entryPoints: { pdf: 'src/webview/pdf/pdf.ts' },
  sourcemap: false,
  loader: { '.pfb': 'binary' },
  plugins: [workersAsText],
};

/** @type {import('esbuild').BuildOptions} */
const playground = {
  ...node,
  entryPoints: { playground: 'src/playground/main.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  format: 'esm',
  target: 'node20',
  // The authorization server tells its models apart by class name.
  keepNames: true,
  // Some of the server's CommonJS dependencies call require(); ES modules have none of their own.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** Entry points of tests and tools: every *.test.ts of a layer, plus the runners under test/tools; or these alone. */
function testEntries(root) {
  const entries = {};
  const walk = (dir) => {
    for (const item of fs.readdirSync(dir, { withFileTypes: true })) {
      const full = path.join(dir, item.name);
      if (item.isDirectory()) walk(full);
      else if (/\.(test|entry|bench)\.ts$/.test(item.name)) entries[full.replace(/\.ts$/, '')] = full;
    }
  };
  walk(root);
  return entries;
}

/**
 * @param {string[]} folders
 * @returns {import('esbuild').BuildOptions}
 */
function testBuild(...folders) {
  return {
    ...node,
    target: 'node20',
    minify: false,
    sourcemap: 'inline',
    entryPoints: Object.assign({}, ...folders.map(testEntries)),
    outdir: 'out',
    format: 'cjs',
    packages: 'external',
    external: ['vscode'],
  };
}

function testBuilds() {
  const layer = tests?.split('=')[1];
  if (layer) return [testBuild(path.join('test', layer), path.join('test', 'tools'))];
  if (tests) return [testBuild('test')];
  return tools ? [testBuild(path.join('test', 'tools'))] : [];
}

async function main() {
  const builds = [extension, bodyWorker, webview, pdfViewer, playground, ...testBuilds()];
  if (watch) {
    const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
    await Promise.all(contexts.map((context) => context.watch()));
    return;
  }
  const results = await Promise.all(builds.map((options) => esbuild.build(options)));
  if (results[0].metafile) {
    fs.mkdirSync('out', { recursive: true });
    fs.writeFileSync('out/extension.meta.json', JSON.stringify(results[0].metafile));
  }
}

main().catch((error) => {
  if (!error.errors) console.error(error);
  process.exit(1);
});
