import { pbkdf2Sync } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { corruptSource, OperationError } from '../base/operation-error.ts'
import { encryptedDocument, unsupported } from './document-errors.ts'
import { addTo } from './limited-list.ts'
import { type Attributes, readAttribute } from './markup.ts'
import { decrypt, digest, isHashOf } from './office-crypto.ts'
import { createPackage, MAX_UNPACKED_BYTES, type Package } from './package.ts'

const MANIFEST = 'META-INF/manifest.xml'

/** As often as a password may be hashed. LibreOffice does it 100,000 times. */
const MOST_ITERATIONS = 10_000_000

/** A checksum is that of the first bytes alone. */
const CHECKED_BYTES = 1024

const KEY_BYTES = 32

/** How a part is encrypted: the attributes of an entry's elements, by the names of the elements. */
type Encryption = ReadonlyMap<string, Attributes>

/**
 * Opens a document that is encrypted as OpenDocument 1.2 and 1.3 describe it (part 3, 4.16) with AES in CBC mode.
 *
 * @returns the package itself when it is not encrypted
 * @throws {@link OperationError} when `password` does not open it, or for another encryption; so does
 *   reading a part
 */
export async function openOdf(
  parts: Package,
  title: string,
  password: string | undefined,
): Promise<Package> {
  const encryptions = await readManifest(parts)
  if (encryptions.size === 0) return parts
  if (password === undefined) throw encryptedDocument(title, password)

  async function* read(name: string): AsyncGenerator<Buffer> {
    const encryption = encryptions.get(name)
    if (encryption === undefined || password === undefined) {
      yield* parts.read(name)
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of parts.read(name)) chunks.push(chunk)
    yield decryptPart(Buffer.concat(chunks), encryption, { title, password })
  }

  return createPackage({ ...parts, read })
}

async function readManifest(parts: Package): Promise<Map<string, Encryption>> {
  const encryptions: [name: string, encryption: Encryption][] = []
  if (!parts.has(MANIFEST)) return new Map()
  let name = ''
  let entry = new Map<string, Attributes>()
  await parts.parse(MANIFEST, {
    open(element, attributes) {
      if (element === 'file-entry') {
        name = readAttribute(attributes, 'full-path') ?? ''
        entry = new Map()
      }
      entry.set(element, attributes)
      if (element === 'encryption-data') addTo(encryptions, [name, entry])
    },
  })
  return new Map(encryptions)
}

function decryptPart(
  encrypted: Buffer,
  encryption: Encryption,
  { title, password }: { readonly title: string; readonly password: string },
): Buffer {
  const read = (element: string, attribute: string): string =>
    readAttribute(encryption.get(element) ?? {}, attribute) ?? ''
  const iterations = Number(read('key-derivation', 'iteration-count'))
  const isKnown =
    read('algorithm', 'algorithm-name').endsWith('#aes256-cbc') &&
    read('key-derivation', 'key-derivation-name').endsWith('PBKDF2') &&
    iterations <= MOST_ITERATIONS
  if (!isKnown) throw unsupported('an encryption that is not that of OpenDocument 1.2 or 1.3')
  try {
    const start = digest(
      toHash(read('start-key-generation', 'start-key-generation-name')),
      Buffer.from(password),
    )
    const salt = Buffer.from(read('key-derivation', 'salt'), 'base64')
    const key = pbkdf2Sync(start, salt, iterations, KEY_BYTES, 'sha1')
    const iv = Buffer.from(read('algorithm', 'initialisation-vector'), 'base64')
    const padded = decrypt('aes-256-cbc', key, iv, encrypted)
    const packed = padded.subarray(0, padded.length - (padded.at(-1) ?? 0))
    const checksum = Buffer.from(read('encryption-data', 'checksum'), 'base64')
    const hash = toHash(read('encryption-data', 'checksum-type'))
    if (!isHashOf(checksum, hash, packed.subarray(0, CHECKED_BYTES))) {
      throw encryptedDocument(title, password)
    }
    return inflateRawSync(packed, { maxOutputLength: MAX_UNPACKED_BYTES })
  } catch (error) {
    if (error instanceof OperationError) throw error
    throw corruptSource(`encrypted ${title}`, { cause: error })
  }
}

/** The hash that a name such as `…#sha256-1k` ends with. */
function toHash(name: string): string {
  return /sha256/i.test(name) ? 'sha256' : 'sha1'
}
