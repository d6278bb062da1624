import { corruptSource, OperationError } from '../base/operation-error.ts'
import { encryptedDocument, unsupported } from './document-errors.ts'
import { openAgile } from './office-agile.ts'
import { openStandard } from './office-standard.ts'

/** Version and flags come before what is said of an encryption. */
const PREFIX_BYTES = 8

/** An encrypted package begins with the length of what it holds. */
const LENGTH_BYTES = 8

/**
 * Opens an encrypted office document.
 *
 * @param info - the stream EncryptionInfo
 * @param encrypted - the stream EncryptedPackage
 * @throws {@link OperationError} when `password` does not open it, or for an encryption that is not
 *   known, or is damaged
 */
export async function decryptOffice(
  info: Buffer,
  encrypted: Buffer,
  password: string,
): Promise<Buffer> {
  try {
    const version = `${info.readUInt16LE(0)}.${info.readUInt16LE(2)}`
    const details = info.subarray(PREFIX_BYTES)
    if (version !== '4.4' && !/^[234]\.2$/.test(version)) {
      throw unsupported(`an encryption (${version}) that is not known`)
    }
    const open =
      version === '4.4'
        ? await openAgile(details.toString('utf8'), password)
        : openStandard(details, password)
    if (open === undefined) throw encryptedDocument('office', password)
    const length = Number(encrypted.readBigUInt64LE(0))
    return open(encrypted.subarray(LENGTH_BYTES)).subarray(0, length)
  } catch (error) {
    if (error instanceof OperationError) throw error
    throw corruptSource('encrypted office', { cause: error })
  }
}
