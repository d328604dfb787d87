import * as fs from 'node:fs';
import * as vscode from 'vscode';
import { activationResultVariable } from './activationResult';
import { hostIsIdle } from './hostIsIdle';

export interface Activation {
  readonly name: string;
  /** From asking VS Code to activate the extension until it has: loading the code is most of it. */
  readonly ms: number;
  /** What the extension host's resident memory grew by. */
  readonly rssMb: number;
}

const measured = ['latchkey.latchkey', 'latchkey-tests.floor'];

/** Runs in the extension host of a window that has one of the extensions. */
export async function run(): Promise<void> {
  const extension = measured.map((id) => vscode.extensions.getExtension(id)).find((found) => found !== undefined);
  if (extension === undefined) throw new Error('There is no extension to measure.');
  if (extension.isActive) throw new Error(`${extension.id} was active before it could be measured.`);
  await hostIsIdle();
  const memoryBefore = process.memoryUsage.rss();
  const begin = performance.now();
  await extension.activate();
  const ms = performance.now() - begin;
  const rssMb = (process.memoryUsage.rss() - memoryBefore) / 1e6;
  const { name } = extension.packageJSON as { name: string };
  const activation: Activation = { name, ms, rssMb };
  fs.appendFileSync(String(process.env[activationResultVariable]), `${JSON.stringify(activation)}\n`);
}
