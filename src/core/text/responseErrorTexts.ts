import type { MessageTemplate } from './template';

/** What somebody wants of a response that is shown. */
export const responseErrorTexts = {
  'response.valueTooLarge': {
    message: 'The value is larger than 16 MB.',
    next: 'Save the body instead.',
  },
  'response.onlyBeginning': {
    message: 'That is the beginning of the body: only 16 MB of a text are copied or opened in an editor.',
    next: 'Save the body to have all of it.',
  },
  'response.onlyBeginningOfCell': {
    message: 'That is the beginning of the value: only 16 MB of a text are opened in an editor.',
    next: 'Save the body to have all of it. Perhaps a quote in it is not closed.',
  },
  'response.onlySoFar': {
    message: 'That is what has come of the body until now.',
    next: 'Wait for the rest, or stop the stream or the send.',
  },
  'response.noPathForSize': {
    message: 'XPaths are told for bodies of XML up to 10 MB; this one is larger.',
    next: 'Copy the value, or filter the body by an XPath that you write.',
  },
  'response.noPathForLargest': {
    message: 'XPaths are told for bodies of XML up to 10 MB, and found in those up to 64 MB; this one is larger.',
    next: 'Copy the value, or save the body and look for the path in another program.',
  },
  'response.noPathYet': {
    message: 'XPaths are told when all of the body has arrived.',
    next: 'Wait for it, or cancel the send.',
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
