import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readCompound } from '../../../packages/compound.ts'
import type { IdentifiedSource } from '../../../sources/identify.ts'

/** What was in an encrypted document. */
const OPENED = 'opened'

/**
 * Opens an office document of 2007 and later that takes a password.
 *
 * @param folder - gets what was in it; whoever asks removes it
 * @returns the source itself when it is no such document
 * @throws {@link OperationError} when `password` is missing or does not open it
 */
export async function openEncrypted(
  source: IdentifiedSource,
  password: string | undefined,
  folder: string,
): Promise<IdentifiedSource> {
  if (source.content !== 'compound') return source
  const document = await readCompound(source.path, password)
  if (document.kind === 'legacy') return source
  const path = join(folder, OPENED)
  writeFileSync(path, document.bytes)
  return { ...source, path, content: 'package' }
}
