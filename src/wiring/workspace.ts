import { readDisk } from '../node/readDisk';
import { DiscoveredApis } from '../vscode/auth/discoveredApis';
import { EnvironmentChoice } from '../vscode/requests/environmentChoice';
import { FileLooks } from '../vscode/requests/fileLooks';
import { FileWatch } from '../vscode/requests/fileWatch';
import { FolderWatch } from '../vscode/requests/folderWatch';
import { readingDisk } from '../vscode/requests/fileTexts';
import { ProjectFiles } from '../vscode/requests/projectFiles';
import { RequestDocuments } from '../vscode/requests/requestDocuments';
import { WorkspaceConnections } from '../vscode/requests/workspaceConnections';
import { WorkspaceIndex } from '../vscode/requests/workspaceIndex';
import type { Scope } from './activation';
import type { LocalFiles } from './localFiles';

/** What the files of the workspace say. */
export interface WorkspaceParts {
  readonly documents: RequestDocuments;
  readonly projects: ProjectFiles;
  readonly environment: EnvironmentChoice;
  readonly connections: WorkspaceConnections;
  readonly apis: DiscoveredApis;
  readonly index: WorkspaceIndex;
  readonly looks: FileLooks;
  readonly watch: FileWatch;
}

/** Wires what reads request and project files. */
export function wireWorkspace({ context, own }: Scope, files: LocalFiles): WorkspaceParts {
  const fromDisk = readingDisk(readDisk);
  const folders = own(new FolderWatch());
  const documents = own(new RequestDocuments(fromDisk));
  const projects = own(new ProjectFiles(folders, fromDisk));
  const environment = own(new EnvironmentChoice(context.workspaceState));
  const looks = new FileLooks(files);
  return {
    ...{ documents, projects, environment, looks },
    connections: new WorkspaceConnections(projects, environment),
    apis: new DiscoveredApis(context.workspaceState),
    index: own(new WorkspaceIndex(documents, folders, fromDisk)),
    watch: own(new FileWatch(looks)),
  };
}
