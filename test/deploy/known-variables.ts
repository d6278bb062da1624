import { globSync, readFileSync } from 'node:fs'

/** Where the environment of the service is read. */
const READERS = ['src/config.ts', 'src/storage/storage-url.ts', 'src/database/*-url.ts']

/** Those that Node.js itself reads. */
const OF_NODE = ['NODE_EXTRA_CA_CERTS']

/** The names that a service reads in its environment, or its sources name. */
export const KNOWN_VARIABLES: ReadonlySet<string> = new Set([
  ...OF_NODE,
  ...READERS.flatMap((pattern) => globSync(pattern)).flatMap(
    (file) => readFileSync(file, 'utf8').match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g) ?? [],
  ),
])
