import { parseDuration } from '../duration';
import { messageKeys } from '../format/requestKeys';
import type { MessageEntry } from '../model';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry, YamlMap, YamlNode } from '../yaml/yamlNode';
import { decodeKeys, wrongValue } from './decodeKeys';
import { decodeTemplate, decodeValue, plainText } from './decodeValue';

/** What is sent over a WebSocket: one message, or a list of them. */
export function decodeMessages({ key, value }: YamlEntry, reporter: Reporter): readonly MessageEntry[] {
  if (value.kind === 'null') return [];
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => decodeMessage(key, item, reporter) ?? []);
}

function decodeMessage(key: string, node: YamlNode, reporter: Reporter): MessageEntry | undefined {
  if (node.kind === 'map' && node.entries.length > 0) return decodeMap(key, node, reporter);
  if (plainText(node) === undefined) {
    wrongValue(
      key,
      node,
      'a text, or a map with text, json, file or base64',
      '- json: { subscribe: orders }',
      reporter,
    );
    return undefined;
  }
  const text = decodeTemplate({ key, keyRange: node.range, value: node }, reporter, '- hello');
  return text && { kind: 'text', text, after: 0 };
}

const ONE_OF_TWO = {
  expected: 'a map with one of text, json, file and base64',
  example: 'two messages, one below the other',
};

function decodeMap(key: string, map: YamlMap, reporter: Reporter): MessageEntry | undefined {
  let message: MessageEntry | undefined;
  let after = 0;
  const before = reporter.mark;
  decodeKeys(map, messageKeys, 'a message', reporter, (name, item) => {
    if (name === 'after') after = decodeAfter(item, reporter);
    else if (message) reporter.error('request.wrongKind', item.keyRange, { key, ...ONE_OF_TWO });
    else if (name === 'json') message = { kind: 'json', value: decodeValue(item.value, reporter), after };
    else if (name === 'file') {
      const path = decodeTemplate(item, reporter, 'file: ./picture.png');
      message = path && { kind: 'file', path, after };
    } else if (item.value.kind !== 'null') {
      const text = decodeTemplate(item, reporter, name === 'text' ? 'text: hello' : 'base64: aGVsbG8=');
      message = text && { kind: name, text, after };
    }
  });
  if (!message && reporter.errorsSince(before).length === 0) {
    reporter.error('request.emptyMessage', map.range, { key });
  }
  return message && { ...message, after };
}

function decodeAfter({ key, value }: YamlEntry, reporter: Reporter): number {
  const text = plainText(value);
  if (text === undefined) {
    wrongValue(key, value, 'a duration', 'after: 1s', reporter);
    return 0;
  }
  const duration = parseDuration(text);
  if (duration === undefined) reporter.error('request.badDuration', value.range, { value: shorten(text) });
  return duration ?? 0;
}
