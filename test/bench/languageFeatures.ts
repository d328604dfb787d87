import { completeAt } from '../../src/core/language/completeAt';
import { Outliner } from '../../src/core/language/documentSymbols';
import { foldedLines } from '../../src/core/language/folding';
import { hoverAt } from '../../src/core/language/hoverAt';
import { nothingKnown, type LanguageFile } from '../../src/core/language/languageFile';
import { LinkFinder } from '../../src/core/language/links';
import { TokenFinder } from '../../src/core/language/semanticTokens';
import { RequestDocument } from '../../src/core/request/document/requestDocument';
import type { ProjectFile } from '../../src/core/request/model';
import { finish } from '../../src/core/request/steps';
import type { Measurement } from '../tools/bench/measurement';

const edits = 100;
/** Keys that are typed in one place. */
const keysPerPlace = 10;

/** The reading of the edited text and the feature together, each after a keystroke of its own. */
export function measureFeatures(text: string, project: ProjectFile): readonly Measurement[] {
  const [outliner, tokens, links] = [new Outliner(), new TokenFinder(), new LinkFinder()];
  const features: readonly (readonly [
    name: string,
    others: string,
    run: (file: LanguageFile, at: number) => unknown,
  ])[] = [
    ['completion of a key', '126 and 379', (file, at) => completeAt(file, at)],
    ['completion in ${', '126 and 379', ({ text: whole, ...file }, at) => completeIn(whole, file, at)],
    ['hover', '', (file, at) => hoverAt(file, at - 1)],
    ['outline', '64 and 1,908', (file) => finish(outliner.outline(file))],
    ['colours', '', (file) => finish(tokens.tokens(file))],
    ['links', '', (file) => finish(links.links(file))],
    ['folding', '19 and 1,527', ({ text: whole }) => foldedLines(whole)],
  ];
  return features.map(([name, others, run]) => {
    const document = new RequestDocument();
    const around = { kind: 'request', project, environment: undefined, known: nothingKnown } as const;
    const values: number[] = [];
    run({ ...around, text, requests: document.update(text) }, 0);
    for (let round = 0; round < edits; round++) {
      const place = text.indexOf(
        '\n    expect:',
        ((Math.floor(round / keysPerPlace) * 37) % 97) * 0.0097 * text.length,
      );
      const typed = `\n    ${'x'.repeat((round % keysPerPlace) + 1)}`;
      const edited = Buffer.from(text.slice(0, place) + typed + text.slice(place)).toString();
      if (round % keysPerPlace === 0) document.update(edited);
      const began = performance.now();
      run({ ...around, text: edited, requests: document.update(edited) }, place + typed.length);
      values.push(performance.now() - began);
    }
    return { name: `one character: ${name}`, unit: 'ms', values, aim: 30, ...(others !== '' && { others }) };
  });
}

/** As if an expression had just been begun in the URL below. */
function completeIn(text: string, file: Omit<LanguageFile, 'text'>, at: number): unknown {
  const url = text.lastIndexOf('/customers/', at);
  return completeAt({ ...file, text: `${text.slice(0, url)}\${${text.slice(url)}` }, url + 2);
}
