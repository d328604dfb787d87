/** Facts for a sentence. Shown to people, so never a secret. */
export type TemplateData = Readonly<Record<string, string | number>>;

/** English source text with `{name}` placeholders: what happened and where, then what to do next. */
export interface MessageTemplate {
  readonly message: string;
  readonly next: string;
}

/** Fills the placeholders; one without a fact stays as it is, so a gap is seen and not hidden. */
export function formatTemplate(text: string, data: TemplateData): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = data[name];
    return value === undefined ? placeholder : String(value);
  });
}
