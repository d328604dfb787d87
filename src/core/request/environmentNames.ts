import type { ProjectFile } from './model';

/** The environments of a project, in file order, for a picker. */
export function environmentNames(project: ProjectFile): readonly string[] {
  return [...project.environments.keys()];
}
