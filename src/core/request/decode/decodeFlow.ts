import type { RequestFlow } from '../flow';
import { flowKeys } from '../format/flowKeys';
import type { KeyOf } from '../format/keyTable';
import type { Reporter } from '../reporter';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeForEach } from './decodeForEach';
import { decodeNames } from './decodeNames';
import { decodeRetry } from './decodeRetry';
import { decodeSkip } from './decodeSkip';
import { decodeStop } from './decodeStop';

export type FlowDraft = { -readonly [K in keyof RequestFlow]: RequestFlow[K] };

export type FlowKey = KeyOf<typeof flowKeys> | 'retry';

/** Tells the keys of a request's course from its others. */
export function isFlowKey(key: string): key is FlowKey {
  return key === 'retry' || Object.hasOwn(flowKeys, key);
}

/** Takes one of the keys that say when, how often and after what a request is sent. */
export function decodeFlow(key: FlowKey, entry: YamlEntry, flow: FlowDraft, reporter: Reporter): void {
  switch (key) {
    case 'needs':
      flow.needs = decodeNames(entry, reporter, 'needs: [login]');
      return;
    case 'forEach':
      flow.forEach = decodeForEach(entry, reporter);
      return;
    case 'retry':
      flow.retry = decodeRetry(entry, reporter);
      return;
    case 'skip':
      flow.skip = decodeSkip(entry, reporter);
      return;
    case 'stop':
      flow.stop = decodeStop(entry, reporter);
      return;
  }
}
