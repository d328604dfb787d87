import { isArrayOf, isBoolean, isCount, isObject, isOneOf, isOptional, isString, isUnion, type Guard } from './guard';
import type {
  BodyKind,
  EditEnd,
  EditView,
  WantedField,
  WantedRequest,
  WrittenBody,
  WrittenField,
  WrittenRequest,
} from './editView';

/** Characters of a field; a longer request is edited in its file. */
export const MAX_EDITED = 256 * 1024;
/** More rows than anybody types. */
const MAX_ROWS = 1000;

const isEditedText: Guard<string> = (value): value is string => isString(value) && value.length <= MAX_EDITED;

const isBodyKind: Guard<BodyKind> = isOneOf(['json', 'form', 'text', 'xml', 'graphql', 'multipart', 'file']);

const isBody = isObject<WrittenBody>({ kind: isBodyKind, text: isEditedText, isYaml: isBoolean });

const isWantedFields: Guard<readonly WantedField[]> = (value): value is readonly WantedField[] =>
  isArrayOf(isObject<WantedField>({ name: isEditedText, value: isEditedText, from: isOptional(isCount) }))(value) &&
  value.length <= MAX_ROWS;

export const isWantedRequest: Guard<WantedRequest> = isObject<WantedRequest>({
  method: isEditedText,
  url: isEditedText,
  query: isWantedFields,
  headers: isWantedFields,
  body: isOptional(isBody),
});

const isFields = isArrayOf(isObject<WrittenField>({ name: isString, value: isString, isFixed: isBoolean }));

const isWritten = isObject<WrittenRequest>({
  method: isString,
  url: isString,
  query: isFields,
  headers: isFields,
  body: isOptional(isBody),
});

export const isEditView: Guard<EditView> = isObject<EditView>({ base: isString, written: isWritten });

export const isEditEnd: Guard<EditEnd> = isUnion<'kind', EditEnd>('kind', {
  applied: {},
  refused: { message: isString },
});
