/** A file as it lies below the root of a tree. */
export interface ListedFile {
  readonly uri: string;
  /** Relative to the root, parts separated by `/`. */
  readonly path: string;
}

export type TreeEntry = TreeFolder | TreeFile;

export interface TreeFolder {
  readonly kind: 'folder';
  /** Relative to the root. */
  readonly path: string;
  /** Several names where each folder but the last holds nothing else: `api/v2`. */
  readonly label: string;
  readonly children: readonly TreeEntry[];
}

export interface TreeFile {
  readonly kind: 'file';
  readonly uri: string;
  readonly label: string;
}

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly files: TreeFile[];
}

/** Puts files into their folders: folders first, both by name, as VS Code's own explorer shows them. */
export function fileTree(files: readonly ListedFile[]): readonly TreeEntry[] {
  const root: Folder = { folders: new Map(), files: [] };
  for (const { uri, path } of files) {
    const parts = path.split('/');
    const label = parts.pop() ?? path;
    let folder = root;
    for (const part of parts) folder = below(folder, part);
    folder.files.push({ kind: 'file', uri, label });
  }
  return entriesOf(root, '');
}

function below({ folders }: Folder, name: string): Folder {
  const known = folders.get(name) ?? { folders: new Map<string, Folder>(), files: [] };
  folders.set(name, known);
  return known;
}

function entriesOf({ folders, files }: Folder, path: string): readonly TreeEntry[] {
  const inside = [...folders].map(([name, folder]) => treeFolder(name, folder, path));
  return [...inside.sort(byLabel), ...files.toSorted(byLabel)];
}

function treeFolder(name: string, folder: Folder, parent: string): TreeFolder {
  const path = parent === '' ? name : `${parent}/${name}`;
  const [only, ...others] = folder.folders;
  if (only && others.length === 0 && folder.files.length === 0) {
    const inner = treeFolder(...only, path);
    return { ...inner, label: `${name}/${inner.label}` };
  }
  return { kind: 'folder', path, label: name, children: entriesOf(folder, path) };
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function byLabel(a: TreeEntry, b: TreeEntry): number {
  return collator.compare(a.label, b.label);
}
