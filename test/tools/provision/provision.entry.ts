import { provisionChromium } from './chromium';
import { latestVersion, minimumVersion, provisionVsCode } from './vsCode';

/** Prepares everything that tests and `npm start` need, without running them. */
async function main(): Promise<void> {
  const progress = (line: string): void => console.log(line);
  for (const version of [latestVersion, minimumVersion]) {
    const vsCode = await provisionVsCode(version, progress);
    console.log(`VS Code ${vsCode.version}: ${vsCode.entry}`);
  }
  console.log(`Chromium: ${await provisionChromium(progress)}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
