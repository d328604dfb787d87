/** Everything in a request file is written in the request file. */
export function requestFileOrigin(): 'requestFile' {
  return 'requestFile';
}
