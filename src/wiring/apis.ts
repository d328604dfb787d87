import * as vscode from 'vscode';
import { nodeClock } from '../node/nodeClock';
import { nodeRandom } from '../node/nodeRandom';
import { DescriptionThreads } from '../node/openapi/descriptionThreads';
import { OpenApis } from '../vscode/apis/openApis';
import type { Scope } from './activation';
import type { LocalFiles } from './localFiles';
import type { SigningIn } from './signingIn';

/** Wires what reads API descriptions: files of the workspace and documents of the web, in threads of their own. */
export function wireApis({ context, own }: Scope, files: LocalFiles, { transport }: SigningIn): OpenApis {
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'descriptionWorker.js').fsPath;
  const dependencies = { transport, clock: nodeClock, random: nodeRandom };
  return own(
    new OpenApis({
      threads: new DescriptionThreads(script),
      memento: context.workspaceState,
      fetch: async (url, signal) => {
        const { fetchDocument } = await import('../core/openapi/fetchDocument');
        return fetchDocument(url, dependencies, signal);
      },
      requireInside: (folder, path) => files.requireInside(folder, path),
    }),
  );
}
