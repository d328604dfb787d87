import * as vscode from 'vscode';
import type { FilePlace, Site } from '../../core/run/site';
import { trustedFolder } from '../requests/projectFiles';
import type { RequestContext } from '../runner/requestSender';

/** What belongs to a request file, whichever of its requests is meant. */
export type FileContext = Omit<RequestContext, 'entry'>;

const contexts = new WeakMap<FilePlace, FileContext>();

/** A request file as the engine sees it. */
export function placeOf(context: FileContext): FilePlace {
  const { uri, file, project, environment } = context;
  const folder = trustedFolder(uri);
  const place: FilePlace = {
    ...{ uri: uri.toString(), label: vscode.workspace.asRelativePath(uri), folder, file, environment },
    directory: directoryIn(vscode.Uri.parse(folder), uri),
    project: project?.file,
    projectUri: project?.uri.toString(),
  };
  contexts.set(place, context);
  return place;
}

export function siteOf(context: RequestContext): Site {
  return { place: placeOf(context), entry: context.entry };
}

/** The other way round, for places that {@link placeOf} has made. */
export function contextOf({ place, entry }: Site): RequestContext {
  const context = contexts.get(place);
  if (!context) throw new Error(`${place.label} was not made here`);
  return { ...context, entry };
}

/** Where a file's folder is in another one above it; empty: that one itself. */
function directoryIn(folder: vscode.Uri, file: vscode.Uri): string {
  const { path } = vscode.Uri.joinPath(file, '..');
  return path.slice(folder.path.length).replace(/^\//, '');
}
