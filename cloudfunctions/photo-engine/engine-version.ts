/**
 * The version of everything that can change a verdict or a pixel. Raised with each such change, so that a stored
 * record says which engine judged it.
 */
export const ENGINE_VERSION = '1.9.2';
