import type { RequestAuth } from '../../http/httpRequest';
import {
  MESSAGE_NAMES,
  VALUE_NAMES,
  type SigningName,
  type SigningText,
  type SigningValue,
} from '../../http/signing/signingText';
import { revealForTransport, Secret, type Sensitive } from '../../secret';
import type { TemplateData } from '../../text/template';
import type { DiagnosticCode, TextRange } from '../diagnostic';
import type { AuthSetting, CredentialsSetting } from '../model';
import type { Template } from '../value';
import { allOf, andThen, failure, success, type Evaluation } from './evaluation';
import type { Evaluator } from './evaluator';
import { scopeTexts, shownText } from './fieldValues';
import { literalIn, secretFields } from './literalSecret';
import { prepareSigningText } from './prepareSigningText';
import type { Sourced } from './mergeSettings';

/** What a request authenticates with, with the variables put in. */
export function prepareAuth(setting: Sourced<AuthSetting> | undefined, evaluator: Evaluator): Evaluation<RequestAuth> {
  if (!setting) return success({ kind: 'none' });
  const { elsewhere, value } = setting;
  const fields = new AuthFields(value, evaluator, elsewhere);
  switch (value.kind) {
    case 'none':
    case 'auto':
      return success({ kind: value.kind });
    case 'connection':
      return prepareConnection(value, fields);
    case 'basic':
    case 'digest':
      return preparePassword(value, fields);
    case 'bearer':
    case 'apiKey':
      return prepareCredentials(value, fields);
    case 'awsSigV4':
      return prepareAws(value, fields);
    case 'hmac':
      return prepareHmac(value, fields);
  }
}

function prepareConnection(
  value: AuthSetting & { readonly kind: 'connection' },
  fields: AuthFields,
): Evaluation<RequestAuth> {
  const parts = allOf({
    connection: fields.shown(value.connection),
    account: value.account ? fields.shown(value.account) : success(undefined),
    scopes: value.scopes ? fields.scopes(value.scopes) : success(undefined),
  });
  return andThen(parts, ({ connection, account, scopes }) => {
    if (connection === 'none' || connection === 'auto') return success<RequestAuth>({ kind: connection });
    const placed = value.placement && { placement: value.placement };
    return success<RequestAuth>({ kind: 'connection', connection, account, scopes, ...placed });
  });
}

function preparePassword(
  { kind, username, password }: CredentialsSetting & { readonly kind: 'basic' | 'digest' },
  fields: AuthFields,
): Evaluation<RequestAuth> {
  const parts = allOf({
    username: fields.username(username),
    password: fields.secret(password),
  });
  return andThen(parts, (found) => success<RequestAuth>({ kind, ...found }));
}

function prepareCredentials(
  value: CredentialsSetting & { readonly kind: 'bearer' | 'apiKey' },
  fields: AuthFields,
): Evaluation<RequestAuth> {
  const { kind } = value;
  switch (kind) {
    case 'bearer': {
      const token = fields.headerSecret(value.token, 'Authorization');
      return andThen(token, (found) => success<RequestAuth>({ kind, token: found }));
    }
    case 'apiKey': {
      const { placement } = value;
      const isHeader = placement.in === 'header';
      const key = isHeader ? fields.headerSecret(value.value, placement.name) : fields.secret(value.value);
      return andThen(key, (found) => success<RequestAuth>({ kind, placement, value: found }));
    }
  }
}

function prepareAws(
  value: CredentialsSetting & { readonly kind: 'awsSigV4' },
  fields: AuthFields,
): Evaluation<RequestAuth> {
  const { sessionToken } = value;
  const parts = allOf({
    region: fields.shown(value.region),
    service: fields.shown(value.service),
    accessKeyId: fields.text(value.accessKeyId),
    secretAccessKey: fields.secret(value.secretAccessKey),
    sessionToken: sessionToken ? fields.headerSecret(sessionToken, 'X-Amz-Security-Token') : success(undefined),
  });
  return andThen(parts, (found) => success<RequestAuth>({ kind: 'awsSigV4', ...found }));
}

function prepareHmac(
  value: CredentialsSetting & { readonly kind: 'hmac' },
  fields: AuthFields,
): Evaluation<RequestAuth> {
  const { kind, header, algorithm } = value;
  const parts = allOf({
    key: fields.secret(value.key),
    message: value.message ? fields.signingText(value.message, MESSAGE_NAMES) : success([BODY]),
    value: value.value ? fields.signatureText(value.value) : success([SIGNATURE]),
  });
  return andThen(parts, (found) => success<RequestAuth>({ kind, header, algorithm, ...found }));
}

const BODY: SigningValue = { name: 'body', isBase64: false };
const SIGNATURE: SigningValue = { name: 'signature', isBase64: false };

/** The texts of one `auth`, each with the rule for its place. */
class AuthFields {
  readonly #keys: ReadonlyMap<Template, string>;
  readonly #evaluator: Evaluator;
  readonly #elsewhere: boolean;

  constructor(auth: AuthSetting, evaluator: Evaluator, elsewhere: boolean) {
    this.#keys = new Map(secretFields(auth).map(([key, template]) => [template, key]));
    this.#evaluator = evaluator;
    this.#elsewhere = elsewhere;
  }

  text(template: Template): Evaluation<Sensitive> {
    return this.#evaluator.text(template, this.#elsewhere);
  }

  shown(template: Template): Evaluation<string> {
    return andThen(this.text(template), (text) => shownText(text, template.range, this.#elsewhere));
  }

  scopes(templates: readonly Template[]): Evaluation<readonly string[]> {
    return scopeTexts(templates, this.#evaluator, this.#elsewhere);
  }

  /** A user name of RFC 7617 §2. */
  username(template: Template): Evaluation<Sensitive> {
    return this.#tested(this.text(template), /^[^:\0-\x1f\x7f]*$/, template.range, 'request.badUsername', {});
  }

  /**
   * One of the {@link secretFields}. What the file itself says is refused, and what may have come in plain is a secret
   * from here on.
   */
  secret(template: Template): Evaluation<Secret> {
    const literal = literalIn(template, this.#evaluator.scopes, this.#elsewhere);
    if (literal) {
      const range = literal.inProject && !this.#elsewhere ? template.range : literal.range;
      const key = this.#keys.get(template) ?? '';
      return failure('request.literalSecret', range, { key }, literal.inProject && this.#elsewhere);
    }
    return andThen(this.text(template), (text) => success(text instanceof Secret ? text : new Secret(text)));
  }

  /** A secret for a header. */
  headerSecret(template: Template, name: string): Evaluation<Secret> {
    const characters = /^[\t\x20-\x7e\x80-\xff]*$/;
    return this.#tested(this.secret(template), characters, template.range, 'request.badHeaderValue', { name });
  }

  signingText(template: Template, names: readonly SigningName[]): Evaluation<SigningText> {
    return prepareSigningText(template, names, this.#evaluator, this.#elsewhere);
  }

  /** What a header says about a signature: it has to be in there. */
  signatureText(template: Template): Evaluation<SigningText> {
    return andThen(this.signingText(template, VALUE_NAMES), (parts) =>
      parts.some((part) => typeof part === 'object' && 'name' in part && part.name === 'signature')
        ? success(parts)
        : failure('request.signatureMissing', template.range, {}, this.#elsewhere),
    );
  }

  #tested<T extends Sensitive>(
    evaluation: Evaluation<T>,
    pattern: RegExp,
    range: TextRange,
    code: DiagnosticCode,
    data: TemplateData,
  ): Evaluation<T> {
    return andThen(evaluation, (text) =>
      pattern.test(revealForTransport(text)) ? success(text) : failure(code, range, data, this.#elsewhere),
    );
  }
}
