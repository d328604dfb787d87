/** The environment variable that names the file to which each window appends its activation, as a line of JSON. */
export const activationResultVariable = 'LATCHKEY_BENCH_ACTIVATIONS';
