/** Reads a JSON object of which nothing can be taken for granted. Every method throws when the value is not as asked. */
export class JsonReader {
  readonly #values: Readonly<Record<string, unknown>>;

  private constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('Not an object');
    this.#values = value as Readonly<Record<string, unknown>>;
  }

  static parse(text: string): JsonReader {
    return new JsonReader(JSON.parse(text));
  }

  has(name: string): boolean {
    const value = this.#values[name];
    return value !== undefined && value !== null;
  }

  text(name: string): string {
    return asText(this.#values[name], name);
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  number(name: string): number {
    const value = this.#values[name];
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`${name} is not a number`);
    return value;
  }

  optionalNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined;
  }

  boolean(name: string): boolean {
    const value = this.#values[name];
    if (typeof value !== 'boolean') throw new TypeError(`${name} is not a boolean`);
    return value;
  }

  texts(name: string): readonly string[] {
    const value = this.#values[name];
    if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
    return value.map((item) => asText(item, name));
  }

  object(name: string): JsonReader {
    return new JsonReader(this.#values[name]);
  }

  objects(name: string): readonly JsonReader[] {
    const value = this.#values[name];
    if (!Array.isArray(value)) throw new TypeError(`${name} is not a list`);
    return value.map((item) => new JsonReader(item));
  }

  textMap(): Readonly<Record<string, string>> {
    return Object.fromEntries(Object.entries(this.#values).map(([name, value]) => [name, asText(value, name)]));
  }

  oneOf<T extends string>(name: string, allowed: ReadonlySet<T>): T {
    const value = this.text(name) as T;
    if (!allowed.has(value)) throw new TypeError(`${name} is not one of its values`);
    return value;
  }
}

function asText(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new TypeError(`${name} is not a text`);
  return value;
}
