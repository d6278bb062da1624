import { createPrivateKey } from 'node:crypto'
import * as z from 'zod/mini'
import { oneOf, text } from '../one-of.ts'

const KEY = 'a private key of a service account, PEM'

/** What `import/google-cloud-storage` and `export/google-cloud-storage` take. */
export const googleOptions = z
  .looseObject({
    /** Known for its name only: bucket and service account say all that Google asks for. */
    project_id: z.optional(text('the id of a project')),
    bucket: text('the name of a bucket'),
    client_email: text('the address of a service account'),
    private_key: text(KEY).check(z.refine((key) => isPrivateKey(key), KEY)),
    file: z.optional(text('the name of an object')),
    file_prefix: z.optional(z.string('what names of objects begin with')),
    filename: z.optional(text('a file name')),
  })
  .check(oneOf('file', 'file_prefix'))

/** Checked options. */
export type GoogleOptions = z.infer<typeof googleOptions>

/** Which of them nobody else may see. */
export const GOOGLE_SECRETS: readonly string[] = ['private_key']

/** The key of a service account. A copy out of its JSON file often has `\n` in place of the ends of lines. */
export function readKey(pem: string) {
  return createPrivateKey(pem.replaceAll('\\n', '\n'))
}

function isPrivateKey(pem: string): boolean {
  try {
    return readKey(pem).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
