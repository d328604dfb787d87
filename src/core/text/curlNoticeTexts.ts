import type { CurlNotice } from '../curl/curlCommand';

/** What is said, in a comment above the request, of the parts of a cURL command that it does not have. */
export const curlNoticeTexts = {
  option: 'Not carried over from the cURL command: {option}',
  moreCommands: 'Only the first cURL command was taken.',
  redirection: 'Where the shell put the output, or took input from, was left out.',
  substitution: 'The shell would have run a command inside of the cURL command; its text stands here as it was.',
  unclosedQuote: 'A quote in the cURL command was not closed.',
  moreUrls: 'Only the first URL of the cURL command was taken.',
  fileStripped: 'curl -d takes line breaks out of the file; here it is sent as it is.',
  mixedFiles: 'Files are part of the body; they are put in as text.',
  cookieFile: 'The cookies of a file (-b) were left out.',
  standardInput: 'The body came from the standard input; write it here.',
  globbing: 'curl takes [ ] and { } in a URL for a range of URLs; here they are sent as they are.',
} as const satisfies Record<CurlNotice['kind'], string>;
