import { MASK, type Secret } from '../secret';

/** Replaces every trace of some secrets in text that came from elsewhere, such as a server that echoes requests. */
export type SecretMasker = (text: string) => string;

/** Shorter values are words of a body, not tokens: masking them would hide the body, and tell the secret by its gaps. */
const SHORTEST = 6;

/** A base64 form shorter than this would match by chance. */
const SHORTEST_IN_BASE64 = 8;

/**
 * Makes a masker that finds the secrets as they are, as JSON libraries escape them, URL-encoded, in lower case (as in host names), and
 * in base64 at any alignment (as inside `Basic` credentials), in both alphabets.
 */
export function secretMasker(secrets: readonly Secret[]): SecretMasker {
  return formsMasker(secretForms(secrets));
}

/** The same for forms that are known, such as in a thread that gets no {@link Secret}. */
export function formsMasker(forms: readonly string[]): SecretMasker {
  return (text) => {
    let masked = text;
    for (const form of forms) {
      if (masked.includes(form)) masked = masked.replaceAll(form, MASK);
    }
    return masked;
  };
}

/**
 * The first `length` characters of a text with secrets masked. It is masked before it is cut, with room for the longest
 * secret: of one that the cut goes through, nothing is shown.
 * @param forms from {@link secretForms}.
 */
export function maskedBeginning(text: string, length: number, forms: readonly string[]): string {
  const mask = formsMasker(forms);
  const longest = forms[0]?.length ?? 0;
  // Masking makes it shorter.
  for (let taken = 8 * length + longest; taken < text.length; taken *= 4) {
    const masked = mask(text.slice(0, taken));
    if (masked.length - longest >= length) return masked.slice(0, length);
  }
  return mask(text).slice(0, length);
}

/** In how many ways some secrets can be written. Longest first, so that no form leaves the rest of a longer one behind. */
export function secretForms(secrets: readonly Secret[]): readonly string[] {
  const atoms = new Set(secrets.flatMap((secret) => secret.atoms));
  const forms = new Set([...atoms].flatMap(formsOf));
  return [...forms].sort((a, b) => b.length - a.length);
}

/** A token is looked for after every send; its forms live as long as it does. */
const knownForms = new WeakMap<Secret, readonly string[]>();

function formsOf(secret: Secret): readonly string[] {
  const known = knownForms.get(secret);
  if (known) return known;
  const forms = secret.length < SHORTEST ? [] : makeForms(secret.revealForTransport());
  knownForms.set(secret, forms);
  return forms;
}

function makeForms(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  // Tokens are ASCII, and then the text is its own bytes.
  const binary = bytes.length === secret.length ? secret : binaryString(bytes);
  return [...plainForms(secret, bytes), ...[0, 1, 2].flatMap((shift) => base64Forms(binary, shift))];
}

function plainForms(secret: string, bytes: Uint8Array): string[] {
  const json = jsonForms(JSON.stringify(secret).slice(1, -1));
  // By way of the bytes lone surrogates become U+FFFD, as they do on the wire; encodeURIComponent would throw on them.
  const encoded = encodeURIComponent(new TextDecoder().decode(bytes));
  const form = encoded.replaceAll('%20', '+').replace(/[!'()~]/g, percentEncoded);
  const urlForms = [encoded, form].flatMap((text) => [text, text.replace(/%../g, (code) => code.toLowerCase())]);
  return [secret, secret.toLowerCase(), ...json, ...urlForms, ...markupForms(secret)];
}

/** What libraries escape in JSON beyond what they must, by the code of the character. */
const ESCAPED: readonly RegExp[] = [
  // Go, Rails, Newtonsoft and Gson.
  /[<>&\u2028\u2029]/g,
  /[<>&'\u0085\u2028\u2029]/g,
  /[<>&='\u2028\u2029]/g,
  // Python, PHP and Jackson.
  /[^\x00-\x7f]/g,
];
/** System.Text.Json, which writes codes in capitals. */
const ESCAPED_BY_DOTNET = /[<>&'+`\x7f]|[^\x00-\x7f]/g;

/** The ways in which libraries write what `JSON.stringify` writes so. */
function jsonForms(json: string): string[] {
  const lower = ESCAPED.map((pattern) => json.replace(pattern, (character) => codeOf(character)));
  const upper = json
    .replace(ESCAPED_BY_DOTNET, (character) => codeOf(character).toUpperCase().replace('U', 'u'))
    .replaceAll('\\"', '\\u0022');
  return [...[json, ...lower].flatMap((text) => [text, withEscapedSlashes(text)]), upper];
}

function codeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** As XML and HTML write it, in the ways that are common, and as a field of a CSV file. */
function markupForms(secret: string): string[] {
  if (!/[&<>"']/.test(secret)) return [];
  // Only some writers escape what need not be.
  const least = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const texts = [least, least.replaceAll('>', '&gt;')].flatMap((text) => [text, text.replaceAll('"', '&quot;')]);
  const apostrophes = ["'", '&#39;', '&apos;', '&#x27;'].flatMap((form) =>
    texts.map((text) => text.replaceAll("'", form)),
  );
  return [...apostrophes, secret.replaceAll('"', '""')];
}

/** What `application/x-www-form-urlencoded` escapes and `encodeURIComponent` does not. */
function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The base64 digits that depend on nothing but `binary` when `shift` other bytes come before and any come after. */
function base64Forms(binary: string, shift: number): string[] {
  const digits = btoa('\0'.repeat(shift) + binary);
  const standard = digits.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + binary.length) * 8) / 6));
  if (standard.length < SHORTEST_IN_BASE64) return [];
  const url = standard.replaceAll('+', '-').replaceAll('/', '_');
  return [standard, ...jsonForms(standard), encodeURIComponent(standard), url];
}

/** One character per byte, which is what `btoa` takes; in slices, because a call can have only so many arguments. */
function binaryString(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 4096) text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  return text;
}

/** Some servers write `\/` for a slash in JSON. */
function withEscapedSlashes(text: string): string {
  return text.replaceAll('/', '\\/');
}
