import type { NewYaml, NewYamlEntry } from '../../request/edit/newYaml';

export function textYaml(text: string): NewYaml {
  return { kind: 'text', text };
}

export function mapYaml(entries: readonly NewYamlEntry[]): NewYaml {
  return { kind: 'map', entries };
}

export function listYaml(texts: readonly string[]): NewYaml {
  return { kind: 'list', items: texts.map(textYaml) };
}

/** The texts in a value, those in keys left aside. */
export function* textsIn(value: NewYaml): Generator<string> {
  if (value.kind === 'text') yield value.text;
  else if (value.kind === 'list') for (const item of value.items) yield* textsIn(item);
  else if (value.kind === 'map') for (const [, inner] of value.entries) yield* textsIn(inner);
}

/** The value with every text in it replaced. */
export function withTexts(value: NewYaml, replace: (text: string) => string): NewYaml {
  switch (value.kind) {
    case 'raw':
      return value;
    case 'text':
      return textYaml(replace(value.text));
    case 'list':
      return { kind: 'list', items: value.items.map((item) => withTexts(item, replace)) };
    case 'map':
      return mapYaml(value.entries.map(([key, inner]) => [key, withTexts(inner, replace)]));
  }
}
