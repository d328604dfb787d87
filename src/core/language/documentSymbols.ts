import type { TextRange } from '../request/diagnostic';
import type { ProjectFile, RequestEntry, Variables } from '../request/model';
import { shorten } from '../request/shorten';
import type { LanguageFile } from './languageFile';
import { PerRequest } from './perRequest';
import type { Steps } from '../request/steps';

/** One line of the outline of a file. */
export interface OutlineEntry {
  readonly kind: 'request' | 'capture' | 'variable' | 'connection' | 'environment';
  /** Never empty. */
  readonly name: string;
  readonly detail: string;
  readonly range: TextRange;
  /** Lies in the range. */
  readonly nameRange: TextRange;
  readonly children: readonly OutlineEntry[];
}

/** Makes the outline of request and project files; one for each document, as it keeps what has not changed. */
export class Outliner {
  readonly #requests = new PerRequest(ofRequest);

  *outline(file: LanguageFile): Steps<readonly OutlineEntry[]> {
    if (file.kind === 'project') return file.project ? ofProject(file.project, file.text) : [];
    const variables = file.requests ? ofVariables(file.requests.variables, file.text) : [];
    const requests = (yield* this.#requests.of(file)).map(({ start, value }) => moved(value, start));
    return [...variables, ...requests];
  }
}

/** Offsets count from the start of its text. */
function ofRequest(text: string, request: RequestEntry): OutlineEntry {
  const { method, url, extent, title, name } = request;
  const back = -extent.start;
  const written = url && text.slice(url.range.start + back, url.range.end + back).replace(/^["']|["']$/g, '');
  const children = [...ofVariables(request.variables, undefined), ...request.captures.map(ofCapture)];
  const entry: OutlineEntry = {
    kind: 'request',
    name: shownName(title === '' ? name : title),
    detail: shorten([method, written].filter((part) => part !== undefined).join(' ')),
    range: request.range,
    nameRange: request.nameRange,
    children,
  };
  return moved(entry, back);
}

function ofCapture({ name, nameRange, source }: RequestEntry['captures'][number]): OutlineEntry {
  const detail = 'path' in source ? source.path : source.kind;
  return { kind: 'capture', name: shownName(name), detail: shorten(detail), range: nameRange, nameRange, children: [] };
}

/** @param text where values can be read; absent: they are not shown. */
function ofVariables(variables: Variables, text: string | undefined): readonly OutlineEntry[] {
  return [...variables.values()].map(({ name, nameRange, value }) => {
    const isBehind = value.range.start >= nameRange.end;
    const range = { start: nameRange.start, end: isBehind ? value.range.end : nameRange.end };
    const detail = text === undefined || !isBehind ? '' : shorten(text.slice(value.range.start, value.range.end));
    return { kind: 'variable', name: shownName(name), detail, range, nameRange, children: [] };
  });
}

function ofProject({ connections, environments, variables }: ProjectFile, text: string): readonly OutlineEntry[] {
  const ofConnections = [...connections.values()].map(
    ({ name, nameRange, range, grant, preset, vscode }): OutlineEntry => {
      const detail = preset?.name ?? (vscode ? `vscode: ${vscode.name}` : grant);
      return { kind: 'connection', name: shownName(name), detail, range, nameRange, children: [] };
    },
  );
  const ofEnvironments = [...environments.values()].map(({ name, nameRange, variables: inside }): OutlineEntry => {
    const children = ofVariables(inside, text);
    const end = Math.max(nameRange.end, ...children.map(({ range }) => range.end));
    const range = { start: nameRange.start, end };
    return { kind: 'environment', name: shownName(name), detail: '', range, nameRange, children };
  });
  const all = [...ofConnections, ...ofEnvironments, ...ofVariables(variables, text)];
  return all.sort((a, b) => a.range.start - b.range.start);
}

function shownName(name: string): string {
  return name.trim() === '' ? '""' : shorten(name);
}

function moved(entry: OutlineEntry, by: number): OutlineEntry {
  const shift = ({ start, end }: TextRange): TextRange => ({ start: start + by, end: end + by });
  const { range, nameRange, children } = entry;
  return {
    ...entry,
    range: shift(range),
    nameRange: shift(nameRange),
    children: children.map((child) => moved(child, by)),
  };
}
