import type { Layer } from './layer';

/** What layers are written for. */
const allCores = 2;

/**
 * Runs layers in their order, each as soon as there are cores for it. None overtakes another, so that a long one does not
 * wait for ever.
 */
export async function shareCores<L extends Pick<Layer, 'cores'>>(
  layers: readonly L[],
  run: (layer: L) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let free = allCores;
  for (const layer of layers) {
    while (free < layer.cores) await Promise.race(running);
    free -= layer.cores;
    const ran = run(layer).finally(() => {
      free += layer.cores;
      running.delete(ran);
    });
    running.add(ran);
  }
  await Promise.all(running);
}
