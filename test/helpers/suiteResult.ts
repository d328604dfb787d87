/** What the tests that run inside VS Code report to whoever started it. */
export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly SuiteFailure[];
}

export interface SuiteFailure {
  readonly title: string;
  readonly message: string;
}

/** The environment variable that names the file for the JSON of a SuiteResult. */
export const suiteResultVariable = 'LATCHKEY_TEST_RESULT';

/** Begins each line that announces a failing test among everything else the extension host logs. */
export const failureMark = 'latchkey-test-failure: ';
