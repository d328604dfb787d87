import type { InputEntry, Inputs } from '../flow';
import { inputKeys, rememberValues } from '../format/flowKeys';
import { isName } from '../names';
import type { Reporter } from '../reporter';
import { shorten } from '../shorten';
import type { YamlEntry } from '../yaml/yamlNode';
import { decodeChoice } from './decodeChoice';
import { decodeKeys, mapEntries, wrongKind } from './decodeKeys';
import { decodeText, decodeTexts, firstOfEach } from './decodeValue';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** `inputs:`, by name. */
export function decodeInputs(entry: YamlEntry, reporter: Reporter): Inputs {
  const entries = firstOfEach(mapEntries(entry, reporter)).filter(({ key }) => !key.startsWith('x-'));
  return new Map(entries.map((item) => [item.key, decodeInput(item, reporter)]));
}

function decodeInput(entry: YamlEntry, reporter: Reporter): InputEntry {
  const { key: name, keyRange: nameRange, value } = entry;
  if (!isName(name)) reporter.error('request.badName', nameRange, { name: shorten(name) });
  const input: Mutable<InputEntry> = {
    ...{ name, nameRange },
    ...{ label: undefined, default: undefined, choices: undefined, password: false, remember: undefined },
  };
  const places: { default?: YamlEntry } = {};
  mapEntries(entry, reporter);
  if (value.kind === 'map') {
    decodeKeys(value, inputKeys, 'an input', reporter, (key, item) => {
      if (key === 'label') input.label = decodeText(item, reporter, 'label: One-time password');
      else if (key === 'choices') input.choices = decodeChoices(item, reporter);
      else if (key === 'password') input.password = decodeBoolean(item, reporter);
      else if (key === 'remember') input.remember = decodeChoice(item, rememberValues, reporter);
      else {
        places.default = item;
        input.default = decodeText(item, reporter, 'default: one');
      }
    });
  }
  checkDefault(input, places.default, reporter);
  return input;
}

function decodeChoices(entry: YamlEntry, reporter: Reporter): readonly string[] | undefined {
  const choices = decodeTexts(entry, reporter, 'choices: [one, two]');
  if (choices.length > 0) return choices;
  if (entry.value.kind === 'list') wrongKind(entry, 'a list of texts', 'choices: [one, two]', reporter);
  return undefined;
}

function decodeBoolean(entry: YamlEntry, reporter: Reporter): boolean {
  const { value } = entry;
  if (value.kind === 'boolean') return value.value;
  if (value.kind !== 'null') wrongKind(entry, 'true or false', `${entry.key}: true`, reporter);
  return false;
}

function checkDefault(input: InputEntry, entry: YamlEntry | undefined, reporter: Reporter): void {
  if (!entry || input.default === undefined) return;
  const { range } = entry.value;
  const data = { name: shorten(input.name) };
  if (input.password) reporter.error('input.passwordDefault', range, data);
  else if (input.choices && !input.choices.includes(input.default)) {
    const known = shorten(input.choices.join(', '), 200);
    reporter.error('input.defaultNotAChoice', range, { ...data, value: shorten(input.default), known });
  }
}
