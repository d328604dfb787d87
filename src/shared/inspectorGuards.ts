import {
  isArrayOf,
  isBoolean,
  isCount,
  isFiniteNumber,
  isObject,
  isOneOf,
  isOptional,
  isString,
  isUnion,
  type Guard,
} from './guard';
import type {
  ClaimList,
  ClaimView,
  Destination,
  InspectorFailure,
  InspectorModel,
  ScopeView,
  ServerAnswer,
  SessionInspection,
  TokenContent,
  TokenInspection,
} from './inspectorModel';
import type { InspectorHostMessage, InspectorViewMessage } from './inspectorProtocol';
import { inspectorStrings, type InspectorStrings } from './inspectorStrings';

/** Longest text that the view may send. */
const longest = 4096;
const isShortString: Guard<string> = (value): value is string => isString(value) && value.length <= longest;

/** Whether a message that came from the token inspector is one that the host knows. */
export const isInspectorViewMessage: Guard<InspectorViewMessage> = isUnion<'type', InspectorViewMessage>('type', {
  ready: { version: isCount },
  action: { action: isOneOf(['refresh', 'introspect', 'copyToken', 'signOut', 'reveal', 'hide', 'signIn']) },
  problem: { message: isShortString },
});

const isStrings: Guard<InspectorStrings> = (value): value is InspectorStrings =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(inspectorStrings).every((key) => isString((value as Record<string, unknown>)[key]));

const isClaimList = isObject<ClaimList>({
  claims: isArrayOf(
    isObject<ClaimView>({
      name: isString,
      state: isOneOf(['shown', 'masked', 'withheld']),
      value: isString,
      time: isOptional(isFiniteNumber),
    }),
  ),
  left: isCount,
});

const isContent: Guard<TokenContent> = isUnion<'kind', TokenContent>('kind', {
  opaque: {},
  encrypted: { header: isClaimList },
  jwt: { header: isClaimList, claims: isClaimList },
});

const isToken = isObject<TokenInspection>({
  type: isOneOf(['Bearer', 'DPoP']),
  obtainedAt: isFiniteNumber,
  expiresAt: isOptional(isFiniteNumber),
  hasRefreshToken: isBoolean,
  refreshExpiresAt: isOptional(isFiniteNumber),
  binding: isObject({ kind: isOneOf(['none', 'dpop', 'certificate']), thumbprint: isOptional(isString) }),
  content: isContent,
});

const isSession = isObject<SessionInspection>({
  sessionId: isString,
  connection: isString,
  account: isString,
  issuer: isString,
  state: isOneOf(['active', 'signInAgain']),
  grant: isOneOf(['authorizationCode', 'deviceCode', 'clientCredentials', 'jwtBearer', 'tokenExchange']),
  client: isObject<SessionInspection['client']>({
    id: isString,
    auth: isOneOf(['none', 'basic', 'basicRaw', 'post', 'clientSecretJwt', 'privateKeyJwt', 'mtls']),
    registered: isBoolean,
  }),
  scopes: isArrayOf(isObject<ScopeView>({ name: isString, state: isOneOf(['granted', 'missing', 'extra']) })),
  token: isOptional(isToken),
  idToken: isOptional(isClaimList),
  captured: isClaimList,
  destinations: isArrayOf(isObject<Destination>({ origin: isString, folders: isArrayOf(isString), told: isBoolean })),
  revealed: isBoolean,
  can: isObject<SessionInspection['can']>({
    refresh: isBoolean,
    introspect: isBoolean,
    revoke: isBoolean,
    logOut: isBoolean,
  }),
});

const isModel = isObject<InspectorModel>({
  session: isOptional(isSession),
  busy: isOptional(isOneOf(['refresh', 'introspect'])),
  failure: isOptional(isObject<InspectorFailure>({ message: isString, next: isString })),
  answer: isOptional(isObject<ServerAnswer>({ active: isBoolean, askedAt: isFiniteNumber, members: isClaimList })),
  resume: isString,
});

/** Whether a message that came from the host is one that the token inspector knows. */
export const isInspectorHostMessage: Guard<InspectorHostMessage> = isUnion<'type', InspectorHostMessage>('type', {
  snapshot: { version: isCount, strings: isStrings, model: isModel },
  update: { model: isModel },
  announce: { text: isString },
});
