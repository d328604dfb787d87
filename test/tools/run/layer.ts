/** One command of a test run. */
export interface Layer {
  readonly name: string;
  /** Selected by the names of its group too, e.g. `vscode` for `vscode-1.105.1`. */
  readonly group: string;
  readonly args: readonly string[];
  readonly timeoutMs: number;
  /** A suite leaves its counts in a file; a check passes or fails as a whole. */
  readonly kind: 'suite' | 'check';
  /** How much of a machine with two it keeps busy. Layers of one run side by side. */
  readonly cores: 1 | 2;
  /** Needs VS Code and a browser in the cache. */
  readonly provisioned: boolean;
}
