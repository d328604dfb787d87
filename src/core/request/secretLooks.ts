/** What issuers start their tokens with, so that they are found where they should not be. */
const knownTokens: readonly RegExp[] = [
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_\w{30,}/,
  /\bglpat-[\w-]{20,}/,
  /\b[spr]k_(?:live|test)_[A-Za-z0-9]{16,}/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bxox[abeoprs]-[\w-]{10,}/,
  /\bAIza[\w-]{35}\b/,
  /\bya29\.[\w-]{20,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\bsk-(?:ant-|proj-)?[\w-]{32,}/,
  /\bdop_v1_[0-9a-f]{40,}/,
  /\bhf_[A-Za-z0-9]{30,}/,
  /\bshp(?:at|ss|ca|pa)_[0-9a-fA-F]{32}\b/,
  /\bpypi-AgEI[\w-]{20,}/,
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/,
];

/**
 * A JSON Web Token, behind its first part. That is looked for backwards, from where the second begins: any hyphen in a
 * text could be what a token begins after, and going on from each would be quadratic.
 */
const webToken = /\.eyJ(?<=(\beyJ[\w-]{8,})\.eyJ)[\w-]{8,}\.[\w-]*/;

/** The scheme of an Authorization header and what follows it, where that is long enough to be a credential. */
const credentials = /^(?:bearer|basic|token|apikey)\s+([\w.~+/=-]{12,})$/i;

/** Several, or one of several, are as secret as one; but `tokens` alone is what language models count in. */
const secretNames =
  /(?:^|_)(?:passwords?|passwd|passphrases?|pwd|(?:client_|app_|shared_|consumer_)?secrets?|token|(?:access|refresh|id|auth|api|bearer|session|personal|device)_?tokens|(?:api|app|access|secret|private|subscription)_?keys?|authorization|credentials?|signature|session_?ids?|jwts?|cookie)(?:_?\d+)?$/;
/** A token that only says where to go on. */
const harmlessNames = /(?:^|_)(?:page|next|previous|prev|continuation|sync|cursor|resume|start|delta|skip)_token$/;
const placeholder =
  /^[<[(*x\u2022.{]|example|sample|dummy|placeholder|change_?me|your|test|demo|foo|bar|password|passwort|secret|token|1234|abcd|xxxx|\.\.\./i;

/** Whether a field of that name holds, by its name, what nobody else should see. Names ignore case and style. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  return secretNames.test(words) && !harmlessNames.test(words);
}

/** Headers whose value is a credential by what HTTP and its extensions say, whatever it looks like. */
const secretHeaders = /authorization$|cookie2?$|authentication-info$|^dpop$/i;

/** Whether a header of that name holds, by its name, what nobody else should see. */
export function isSecretHeader(name: string): boolean {
  return secretHeaders.test(name) || isSecretName(name);
}

/** How people name what nobody else may see. */
const broadNames = /secret|token|passw|pwd|credential|api_?key|private|signature|auth(?!or)/i;

/**
 * Whether a variable of the environment holds, by its name, what nobody else should see. It is all that is known of a
 * variable, and other programs' secrets are among them; so this takes more than {@link isSecretName}, and all of that.
 */
export function isSecretVariable(name: string): boolean {
  return broadNames.test(name) || isSecretName(name);
}

/**
 * Whether a text is most probably a credential: by how it begins, by the scheme before it, or, under a name that speaks
 * of secrets, by looking random. Words, examples and placeholders are none.
 */
export function looksLikeSecret(name: string | undefined, value: string): boolean {
  if (value.length < SHORTEST) return false;
  const text = value.trim();
  if (text.length > MAX_LENGTH) return false;
  if (webToken.test(text) || knownTokens.some((pattern) => pattern.test(text))) return true;
  const credential = credentials.exec(text)?.[1];
  if (credential !== undefined) return isRandom(credential);
  return name !== undefined && isSecretName(name) && isRandom(text);
}

const everywhere: readonly RegExp[] = [
  /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[^-]*(?:-----END (?:[A-Z]+ )?PRIVATE KEY-----)?/g,
  ...knownTokens.map(({ source }) => new RegExp(source, 'g')),
];

/** Replaces everything in a text that begins as issuers begin their tokens. */
export function replaceTokens(text: string, put: (token: string) => string): string {
  // Most texts are words, and no token is as short.
  if (text.length < SHORTEST) return text;
  return everywhere.reduce((replaced, pattern) => replaced.replace(pattern, put), replaceWebTokens(text, put));
}

const webTokens = new RegExp(webToken.source, 'g');

function replaceWebTokens(text: string, put: (token: string) => string): string {
  const pieces: string[] = [];
  let at = 0;
  for (const found of text.matchAll(webTokens)) {
    const start = Math.max(at, found.index - (found[1] ?? '').length);
    const end = found.index + found[0].length;
    // One may begin in the last part of another.
    pieces.push(text.slice(at, start), put(text.slice(start, end)));
    at = end;
  }
  return at === 0 ? text : [...pieces, text.slice(at)].join('');
}

/** A longer value is a document, not a credential. */
const MAX_LENGTH = 20_000;
const SHORTEST = 12;

/** Letters and digits mixed as no word mixes them, or very many different ones. */
function isRandom(text: string): boolean {
  if (text.length < SHORTEST || /\s/.test(text) || placeholder.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length;
  return kinds >= 2 && /[0-9]/.test(text) && bitsPerCharacter(text) >= 3;
}

/** Shannon entropy of the characters. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
