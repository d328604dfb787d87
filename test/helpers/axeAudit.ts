import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright-core';

interface AxeViolation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string }[];
}

interface Axe {
  readonly run: (options: object) => Promise<{ readonly violations: AxeViolation[] }>;
}

const axeSource = readFile(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

/** Everything, or what depends on the colours alone, for a theme other than the one that is looked at in full. */
export type AuditScope = 'all' | 'colors';

/** Serious findings of axe in what the page, or one frame of it, shows now. */
export async function axeAudit(page: Page | Frame, scope: AuditScope = 'all'): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(await axeSource);
  const violations = await page.evaluate(
    async (rules) => {
      const { axe } = globalThis as unknown as { axe: Axe };
      const only = rules && ({ type: 'rule', values: rules } as const);
      return (await axe.run({ resultTypes: ['violations'], ...(only ? { runOnly: only } : {}) })).violations;
    },
    scope === 'colors' ? ['color-contrast', 'link-in-text-block'] : undefined,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
