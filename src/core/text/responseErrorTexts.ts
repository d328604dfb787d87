import type { MessageTemplate } from './template';

/** What somebody wants of a response that is shown. */
export const responseErrorTexts = {
  'response.valueTooLarge': {
    message: 'The value is larger than 16 MB.',
    next: 'Save the body instead.',
  },
  'response.noElement': {
    message: 'Line {line} is outside of all elements, so it has no XPath.',
    next: 'Copy its value, or the path of a line within an element.',
  },
  'response.xmlUnreadable': {
    message: 'There are no XPaths in this body. Line {line} is no XML that can be read: {problem}.',
    next: 'Copy the value instead; paths need well-formed XML of at most 1,000 levels.',
  },
} as const satisfies Record<string, MessageTemplate>;
