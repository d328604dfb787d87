import type { Feature, FeatureRow, FeatureTable } from '../../conformance/feature';
import type { RequirementGroup } from '../../conformance/requirement';
import type { TaggedTest } from './taggedTests';

/** All that the page is made of. */
export interface Conformance {
  readonly requirements: readonly RequirementGroup[];
  readonly features: readonly Feature[];
  readonly tables: readonly FeatureTable[];
  readonly tests: readonly TaggedTest[];
}

/** Where the page is, relative to the checkout. */
export const conformancePath = 'docs/conformance.md';

const introduction = `# What Latchkey's OAuth engine is held to, and the tests that prove it

Made by \`npm run docs\` from \`test/conformance\` and from the titles of the tests; do not edit.
A test proves a row when its title ends with the row's id in brackets, such as \`[A3 A4]\`.

OAuth 2.1 is draft-ietf-oauth-v2-1-16.`;

/** The page as Markdown: one row a line, in the order of the data, tests by file and title. */
export function conformancePage(conformance: Conformance): string {
  const sections = [
    ...conformance.requirements.map((group) => requirementSection(group, conformance.tests)),
    ...conformance.tables.map((table) => featureSection(table, conformance)),
  ];
  return `${[introduction, ...sections].join('\n\n')}\n`;
}

/** What is wrong with the data or the tags, as sentences; empty when all is well. */
export function conformanceFaults({ requirements, features, tables, tests }: Conformance): readonly string[] {
  const items = requirements.flatMap((group) => group.requirements);
  const ids = [...items, ...features].map(({ id }) => id);
  const shown = new Set(tables.flatMap(({ rows }) => rows.flatMap(({ here }) => ('none' in here ? [] : here))));
  const unproved = (id: string): boolean => testsOf(id, tests).length === 0;
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice.`),
    ...tests.flatMap(({ file, title, tags }) =>
      tags.filter((id) => !ids.includes(id)).map((id) => `${file}: "${title}" names ${id}, which there is not.`),
    ),
    ...items
      .filter(({ id, note }) => unproved(id) && note === undefined)
      .map(({ id }) => `${id} has neither a test nor a note why none can prove it.`),
    ...features.filter(({ id }) => unproved(id)).map(({ id }) => `${id} has no test.`),
    ...[...shown].filter((id) => !ids.includes(id)).map((id) => `A table names ${id}, which there is not.`),
    ...features.filter(({ id }) => !shown.has(id)).map(({ id }) => `${id} is in no table.`),
  ];
}

/** What the page on disk lacks or has too much, as sentences; empty when it is up to date. */
export function staleRows(onDisk: string, page: string, name = conformancePath): readonly string[] {
  if (onDisk === page) return [];
  const [old, now] = [onDisk.split('\n'), page.split('\n')];
  const changed = [...now.filter((line) => !old.includes(line)), ...old.filter((line) => !now.includes(line))];
  const rows = [...new Set(changed.map((line) => /^\| ([^|]+) \|/.exec(line)?.[1] ?? line))];
  return [`${name} is out of date (${rows.join(', ').slice(0, 200)}): run "npm run docs" and commit it.`];
}

function requirementSection({ title, requirements }: RequirementGroup, tests: readonly TaggedTest[]): string {
  const rows = requirements.map(({ id, level, text, source, note }) => {
    const proof = testsOf(id, tests);
    return [id, level, `${text} (${source})`, [...(note === undefined ? [] : [note]), ...proof.map(link)]];
  });
  return `## ${title}\n\n${tableOf(['Id', 'Level', 'Requirement', 'Proved by'], rows)}`;
}

function featureSection({ title, rows }: FeatureTable, { features, tests }: Conformance): string {
  const lines = rows.map((row) => {
    const offered = featuresOf(row, features);
    if ('none' in row.here) return [row.name, row.does, row.here.none, []];
    return [
      row.name,
      row.does,
      offered.map(({ where }) => where),
      offered.flatMap((feature) => shownBy(feature, tests)),
    ];
  });
  return `## ${title}\n\n${tableOf(['There', 'What it does', 'In Latchkey', 'Shown by'], lines)}`;
}

function featuresOf({ here }: FeatureRow, features: readonly Feature[]): readonly Feature[] {
  return 'none' in here ? [] : here.flatMap((id) => features.find((feature) => feature.id === id) ?? []);
}

function shownBy({ id }: Feature, tests: readonly TaggedTest[]): readonly string[] {
  return testsOf(id, tests).map(link);
}

function testsOf(id: string, tests: readonly TaggedTest[]): readonly TaggedTest[] {
  return tests.filter(({ tags }) => tags.includes(id));
}

function link({ file, title }: TaggedTest): string {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.test\.ts$/, '');
  return `[${name}](../${file}): ${escaped(title)}`;
}

/** A title is plain text; in a cell of a Markdown table it must stay that. */
function escaped(title: string): string {
  return title.replace(/[\\`*_<>[\]|#]/g, '\\$&').replace(/\s+/g, ' ');
}

function tableOf(head: readonly string[], rows: readonly (readonly (string | readonly string[])[])[]): string {
  const line = (cells: readonly (string | readonly string[])[]): string =>
    `| ${cells.map((cell) => (typeof cell === 'string' ? cell : cell.join('<br>'))).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
