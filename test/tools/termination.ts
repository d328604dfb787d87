const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs `cleanUp` once when this process is asked to end, and then ends it the way that signal would have. */
export function onTermination(cleanUp: () => Promise<void>): void {
  let ending = false;
  const end = (signal: NodeJS.Signals): void => {
    if (ending) return;
    ending = true;
    void cleanUp().finally(() => {
      for (const name of signals) process.removeAllListeners(name);
      process.kill(process.pid, signal);
    });
  };
  for (const signal of signals) process.on(signal, end);
}
