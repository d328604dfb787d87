import * as vscode from 'vscode';
import { assertNever } from '../../core/assertNever';
import type { ConnectionSubject, HoverSubject } from '../../core/language/hoverAt';
import type { ScopeName } from '../../core/request/resolve/scopes';

export interface PlaceText {
  readonly uri: vscode.Uri;
  /** From 1. */
  readonly line: number;
}

const keysPage = 'https://github.com/latchkey/latchkey/blob/main/docs/format.md';

/** What a hover says. What comes from files is shown as text, never as Markdown. */
export function hoverText(about: HoverSubject, place: PlaceText | undefined): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString();
  switch (about.kind) {
    case 'key':
      return keyText(markdown, about);
    case 'value':
    case 'source':
      return line(code(markdown, about.kind === 'value' ? about.value : about.text), vscode.l10n.t(about.docs));
    case 'variable':
      return variableText(markdown, about, place);
    case 'field':
      return fieldText(markdown, about, place);
    case 'capture':
      code(markdown, `${about.request}.${about.name}`);
      return about.from === undefined
        ? line(markdown, vscode.l10n.t('No request with this capture is known.'))
        : line(markdown, vscode.l10n.t('Taken from the response of {0}: {1}', about.request, about.from));
    case 'url':
      return urlText(markdown, about);
    case 'connection':
      return connectionText(markdown, about);
    case 'request':
      code(markdown, [about.method, about.url].filter((part) => part !== undefined).join(' ') || about.name);
      if (about.title !== about.name) line(markdown, about.title);
      return about.description === undefined ? markdown : line(markdown, about.description);
    default:
      return assertNever(about);
  }
}

function keyText(
  markdown: vscode.MarkdownString,
  { key, description, anchor }: Extract<HoverSubject, { kind: 'key' }>,
): vscode.MarkdownString {
  code(markdown, key);
  line(markdown, vscode.l10n.t(description.docs));
  for (const [value, { docs }] of Object.entries(description.values ?? {})) {
    line(markdown, `${value} – ${vscode.l10n.t(docs)}`);
  }
  return markdown.appendMarkdown(`\n\n[${vscode.l10n.t('All keys')}](${keysPage}#${anchor})`);
}

function variableText(
  markdown: vscode.MarkdownString,
  { name, shown }: Extract<HoverSubject, { kind: 'variable' }>,
  place: PlaceText | undefined,
): vscode.MarkdownString {
  if (!shown) return line(code(markdown, name), vscode.l10n.t('Nothing here has this name.'));
  if (shown.value === undefined) {
    line(code(markdown, name), vscode.l10n.t('Its value is known when a request is sent.'));
  } else code(markdown, shown.value);
  return placeLink(line(markdown, scopeText(shown.scope)), place);
}

function fieldText(
  markdown: vscode.MarkdownString,
  { name, field: { value } }: Extract<HoverSubject, { kind: 'field' }>,
  place: PlaceText | undefined,
): vscode.MarkdownString {
  if (value === undefined) line(code(markdown, name), vscode.l10n.t('A field of the row that is sent.'));
  else line(code(markdown, value), vscode.l10n.t('A field of the row that is sent, with its first value.'));
  return placeLink(markdown, place);
}

function placeLink(markdown: vscode.MarkdownString, place: PlaceText | undefined): vscode.MarkdownString {
  if (!place) return markdown;
  const label = `${place.uri.path.split('/').at(-1) ?? ''}:${place.line}`;
  const target = place.uri.with({ fragment: `L${place.line}` });
  return markdown.appendMarkdown(`\n\n[${escaped(label)}](${target.toString()})`);
}

function scopeText(scope: ScopeName): string {
  switch (scope) {
    case 'request':
      return vscode.l10n.t('A variable of the request');
    case 'file':
      return vscode.l10n.t('A variable of the file');
    case 'environment':
      return vscode.l10n.t('A variable of the active environment');
    case 'project':
      return vscode.l10n.t('A variable of the project');
    default:
      return assertNever(scope);
  }
}

function urlText(
  markdown: vscode.MarkdownString,
  { method, url }: Extract<HoverSubject, { kind: 'url' }>,
): vscode.MarkdownString {
  if (url !== undefined) return code(markdown, method === undefined ? url : `${method} ${url}`);
  return line(markdown, vscode.l10n.t('The URL is known when the request is sent, or something is wrong with it.'));
}

function connectionText(
  markdown: vscode.MarkdownString,
  { name, label, issuer, origins, accounts, isFaulty }: ConnectionSubject,
): vscode.MarkdownString {
  code(markdown, name);
  if (isFaulty) return line(markdown, vscode.l10n.t('It cannot be used as it is written.'));
  if (label !== name) line(markdown, label);
  if (issuer !== undefined) line(markdown, vscode.l10n.t('Signs in at {0}', issuer));
  line(markdown, vscode.l10n.t('Its token may go to: {0}', origins.join(', ')));
  return accounts.length === 0
    ? line(markdown, vscode.l10n.t('Nobody is signed in.'))
    : line(markdown, vscode.l10n.t('Signed in: {0}', accounts.join(', ')));
}

function code(markdown: vscode.MarkdownString, text: string): vscode.MarkdownString {
  return markdown.appendCodeblock(text, 'plaintext');
}

function line(markdown: vscode.MarkdownString, text: string): vscode.MarkdownString {
  // Not `appendText`, whose spaces never break.
  return markdown.appendMarkdown(`\n\n${escaped(text.replace(/\s+/g, ' '))}`);
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|~<>&]/g, '\\$&');
}
