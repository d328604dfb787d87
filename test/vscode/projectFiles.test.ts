import * as assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { FolderWatch } from '../../src/vscode/requests/folderWatch';
import { ProjectFiles } from '../../src/vscode/requests/projectFiles';
import { eventually } from '../helpers/eventually';
import { watchedFolder } from '../helpers/watchedFolder';

describe('the project files of the workspace', () => {
  it('tell when a folder comes, is renamed or goes with one in it', async () => {
    const folder = await watchedFolder('projectsFolder');
    const folders = new FolderWatch();
    const projects = new ProjectFiles(folders);
    let changes = 0;
    const subscription = projects.onDidChange(() => changes++);
    const inside = (name: string): string => folder.at(name).fsPath;
    const counts = async (name: string): Promise<string | undefined> => {
      const project = await projects.nearestWhileTyping(folder.at(name));
      return project && vscode.Uri.joinPath(project.uri, '..').path.split('/').at(-1);
    };
    const told = async (act: () => void): Promise<void> => {
      const before = changes;
      act();
      await eventually(() => assert.ok(changes > before));
    };
    // The folder of all these tests may have one, too.
    const outside = await counts('x.http.yaml');
    try {
      await told(() => {
        fs.mkdirSync(inside('new/deeper'), { recursive: true });
        fs.writeFileSync(inside('new/deeper/latchkey.yaml'), 'variables: { a: b }\n');
      });
      assert.equal(await counts('new/deeper/x.http.yaml'), 'deeper');
      await told(() => fs.renameSync(inside('new/deeper'), inside('new/renamed')));
      await eventually(async () => assert.equal(await counts('new/deeper/x.http.yaml'), outside));
      assert.equal(await counts('new/renamed/x.http.yaml'), 'renamed');
      await told(() => fs.rmSync(inside('new'), { recursive: true }));
      await eventually(async () => assert.equal(await counts('new/renamed/x.http.yaml'), outside));
    } finally {
      subscription.dispose();
      projects.dispose();
      folders.dispose();
      await folder.remove();
    }
  });
});
