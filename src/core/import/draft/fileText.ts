import { blockLines, yamlStep, type NewYaml, type NewYamlEntry } from '../../request/edit/newYaml';
import { nameText } from '../../request/edit/yamlText';
import type { DraftedRequest } from './draftRequest';
import { requestEntries } from './draftRequest';
import { listYaml, mapYaml, textYaml } from './yamlParts';

/** What a request file has above its requests. */
export interface FileHead {
  /** Paths of other files. */
  readonly imports: readonly string[];
  readonly variables: readonly NewYamlEntry[];
  /** Whether a request without `auth` would be sent as somebody. */
  readonly inheritsAuth: boolean;
}

export interface NamedDraft {
  readonly name: string;
  /** Without marks. */
  readonly draft: DraftedRequest;
}

/** The text of a request file; what all its requests have in common stands above them. */
export function fileText(requests: readonly NamedDraft[], { imports, variables, inheritsAuth }: FileHead): string {
  const base = commonBase(requests);
  const auth = commonAuth(requests, inheritsAuth);
  const head: readonly NewYamlEntry[] = [
    ...(imports.length > 0 ? [['import', listYaml(imports)] as const] : []),
    ...(base === undefined ? [] : [['baseUrl', textYaml(base)] as const]),
    ...(auth ? [['auth', auth] as const] : []),
    ...(variables.length > 0 ? [['variables', mapYaml(variables)] as const] : []),
  ];
  const lines = requests.flatMap(({ name, draft }) => {
    const url = base === undefined ? draft.url : draft.url.slice(base.length);
    const entries = requestEntries(draft, url, ownAuth(draft.auth, auth, inheritsAuth));
    return [`${yamlStep}${nameText(name)}:`, ...entries.flatMap((entry) => blockLines(entry, yamlStep + yamlStep))];
  });
  return `${[...head.flatMap((entry) => blockLines(entry, '')), 'requests:', ...lines].join('\n')}\n`;
}

/** The text that all URLs begin with: an expression or an origin, with a path behind it. */
function commonBase(requests: readonly NamedDraft[]): string | undefined {
  if (requests.length < 2) return undefined;
  const starts = new Set(
    requests.map(({ draft }) => /^(?:\$\{[^{}]*\}|https?:\/\/[^/?#${}]+)(?=\/)/.exec(draft.url)?.[0]),
  );
  const [start] = starts;
  return starts.size === 1 ? start : undefined;
}

/** The `auth` that most of several requests have. */
function commonAuth(requests: readonly NamedDraft[], inheritsAuth: boolean): NewYaml | undefined {
  const counts = new Map<string, { readonly auth: NewYaml; count: number }>();
  for (const {
    draft: { auth },
  } of requests) {
    if (!auth) continue;
    const key = JSON.stringify(auth);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { auth, count: 1 });
  }
  if (counts.size === 0) return inheritsAuth ? none : undefined;
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most && most.count >= 2 && most.count * 2 > requests.length ? most.auth : undefined;
}

const none: NewYaml = { kind: 'text', text: 'none' };

function ownAuth(auth: NewYaml | undefined, common: NewYaml | undefined, inheritsAuth: boolean): NewYaml | undefined {
  const wanted = auth ?? (common || inheritsAuth ? none : undefined);
  return JSON.stringify(wanted) === JSON.stringify(common) ? undefined : wanted;
}
