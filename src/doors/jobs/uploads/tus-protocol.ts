/** The version of the protocol, and the only one there is: https://tus.io/protocols/resumable-upload. */
export const TUS_VERSION = '1.0.0'

/**
 * What is understood besides the core of the protocol. Uploads expire with their task; there are no checksums, as the library
 * has none, and no concatenation.
 */
export const TUS_EXTENSIONS = [
  'creation',
  'creation-with-upload',
  'creation-defer-length',
  'expiration',
  'termination',
] as const
