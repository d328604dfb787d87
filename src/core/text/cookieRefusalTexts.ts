import type { CookieRefusal } from '../http/cookies/hopCookies';

/** Why a cookie of a response was not stored. */
export const cookieRefusalTexts: Readonly<Record<CookieRefusal, string>> = {
  unreadable: 'It cannot be read.',
  tooLarge: 'It is too large: name and value may have 4,096 characters.',
  otherDomain: 'Its domain is not the one that set it.',
  publicSuffix: 'Its domain is a public suffix, which belongs to many.',
  insecure: 'It is Secure, but came over http.',
  overwritesSecure: 'It would replace a Secure cookie, but came over http.',
  prefix: 'It lacks what the prefix of its name promises.',
  sameSiteNone: 'It is SameSite=None without Secure.',
};
