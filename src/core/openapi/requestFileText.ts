import { blockLines, yamlStep } from '../request/edit/newYaml';
import { scalarText } from '../request/edit/yamlText';
import type { OperationRequest } from './operationRequest';

export interface RequestFileHead {
  /** What the API is called; a comment at the top. */
  readonly title: string;
  /** Where its requests go, unless they say it themselves. */
  readonly baseUrl: string | undefined;
}

/** The text of a new request file. */
export function requestFileText(requests: readonly OperationRequest[], { title, baseUrl }: RequestFileHead): string {
  const head = [
    `# ${title.replace(/\p{C}+|\p{Zl}|\p{Zp}/gu, ' ')}`,
    ...(baseUrl === undefined ? [] : blockLines(['baseUrl', { kind: 'text', text: baseUrl }], '')),
    'requests:',
  ];
  const blocks = requests.map(({ name, entries }) => [
    `${yamlStep}${scalarText(name, 'flow')}:`,
    ...entries.flatMap((entry) => blockLines(entry, yamlStep + yamlStep)),
  ]);
  return `${[head.join('\n'), blocks.map((lines) => lines.join('\n')).join('\n\n')].join('\n')}\n`;
}
