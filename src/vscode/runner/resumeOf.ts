/** The `RunnerModel.resume` in the state that a view persisted, which VS Code hands to the panel's serializer. */
export function resumeOf(state: unknown): unknown {
  return typeof state === 'object' && state !== null ? (state as { readonly resume?: unknown }).resume : undefined;
}
