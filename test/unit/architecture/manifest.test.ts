import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import test from 'node:test';
import {
  authenticationProviderId,
  commands,
  contextKeys,
  extensionId,
  settingKeys,
  views,
  walkthroughId,
} from '../../../src/vscode/ids';

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly icon: string;
  readonly main: string;
  readonly contributes: {
    readonly authentication: readonly { id: string }[];
    readonly commands: readonly { command: string; title: string }[];
    readonly menus: Record<string, readonly { command: string; when?: string; group?: string }[]>;
    readonly keybindings: readonly { command: string; when?: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { id: string; icon: string }[] };
    readonly views: Record<string, readonly { id: string; icon: string }[]>;
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly viewsWelcome: readonly { view: string; when: string; contents: string }[];
    readonly configuration: { readonly properties: Record<string, unknown> };
  };
}

/** VS Code's own, which the texts of empty views link to. */
const editorCommands = ['vscode.openFolder', 'workbench.trust.manage'];

const text = readFileSync('package.json', 'utf8');
const manifest = JSON.parse(text) as Manifest;
const strings = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Record<string, string>;

test('the extension is latchkey.latchkey with the provider latchkey', () => {
  assert.equal(`${manifest.publisher}.${manifest.name}`, extensionId);
  assert.deepEqual(
    manifest.contributes.authentication.map(({ id }) => id),
    [authenticationProviderId],
  );
});

test('the manifest contributes exactly the commands of ids.ts', () => {
  assert.deepEqual(manifest.contributes.commands.map(({ command }) => command).sort(), Object.values(commands).sort());
});

test('menus and keybindings name only contributed commands and known context keys', () => {
  const known = new Set<string>(Object.values(commands));
  const keys = new Set<string>([...Object.values(contextKeys), ...Object.values(views)]);
  const entries = [...Object.values(manifest.contributes.menus).flat(), ...manifest.contributes.keybindings];
  assert.ok(entries.length > 0);
  for (const { command, when } of entries) {
    assert.ok(known.has(command), command);
    for (const [key] of (when ?? '').matchAll(/latchkey\.\w+/g)) assert.ok(keys.has(key), `${command}: ${key}`);
  }
});

test('the manifest contributes exactly the views of ids.ts, and says what each is for while it is empty', () => {
  const { views: contributed, viewsWelcome, viewsContainers } = manifest.contributes;
  const ids = Object.values(contributed).flatMap((each) => each.map(({ id }) => id));
  assert.deepEqual(ids.sort(), Object.values(views).sort());
  assert.deepEqual(
    Object.keys(contributed),
    viewsContainers.activitybar.map(({ id }) => id),
  );
  assert.deepEqual([...new Set(viewsWelcome.map(({ view }) => view))].sort(), ids);
});

test('an empty view has one clear button, for a command that there is', () => {
  const known = new Set<string>([
    ...Object.values(commands),
    ...Object.values(views).map((id) => `${id}.focus`),
    ...editorCommands,
  ]);
  for (const { view, contents } of manifest.contributes.viewsWelcome) {
    const text = strings[contents.replaceAll('%', '')] ?? '';
    const buttons = text.split('\n').filter((line) => /^\[[^\]]+\]\(command:[\w.]+\)$/.test(line));
    assert.equal(buttons.length, 1, `${view}: ${text}`);
    for (const [, command = ''] of text.matchAll(/\(command:([\w.]+)\)/g)) assert.ok(known.has(command), command);
  }
});

test('the walkthrough has five steps at most, the first one the playground, each with a picture and an end', () => {
  const [walkthrough, ...others] = manifest.contributes.walkthroughs;
  assert.ok(walkthrough);
  assert.equal(walkthrough.id, walkthroughId);
  assert.deepEqual(others, []);
  assert.ok(walkthrough.steps.length <= 5);
  assert.equal(walkthrough.steps[0]?.id, 'playground');
  const known = new Set<string>([...Object.values(commands), ...Object.values(contextKeys)]);
  for (const { id, media, completionEvents } of walkthrough.steps) {
    assert.ok(strings[media.altText.replaceAll('%', '')], id);
    assert.doesNotMatch(readFileSync(media.svg, 'utf8'), /#[0-9a-f]{3,8}\b|style=/i, 'colours are the theme’s');
    for (const event of completionEvents) assert.ok(known.has(event.replace(/^on\w+:/, '')), event);
  }
});

test('what a view offers beside an item is in its menu, too, for who uses the keyboard', () => {
  const entries = manifest.contributes.menus['view/item/context'] ?? [];
  const of = (isInline: boolean): string[] =>
    entries
      .filter(({ group }) => group?.startsWith('inline') === isInline)
      .map(({ command, when }) => `${command} ${when ?? ''}`);
  const menu = new Set(of(false));
  assert.ok(of(true).length > 0);
  assert.deepEqual(
    of(true).filter((entry) => !menu.has(entry)),
    [],
  );
});

test('the manifest declares exactly the settings of ids.ts', () => {
  assert.deepEqual(
    Object.keys(manifest.contributes.configuration.properties).sort(),
    settingKeys.map((key) => `latchkey.${key}`).sort(),
  );
});

test('every text of the manifest has its string, and no string is left over', () => {
  const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
  assert.deepEqual(used, new Set(Object.keys(strings)));
});

test('the files that the manifest names are there', () => {
  const { viewsContainers, views: contributed } = manifest.contributes;
  const icons = [...viewsContainers.activitybar, ...Object.values(contributed).flat()].map(({ icon }) => icon);
  for (const file of [manifest.icon, ...icons]) assert.ok(existsSync(file), file);
});
