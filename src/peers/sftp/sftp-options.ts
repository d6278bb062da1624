import * as z from 'zod/mini'
import { oneOf, text } from '../one-of.ts'

/** What `import/sftp` and `export/sftp` take. */
export const sftpOptions = z
  .looseObject({
    host: z.string('a host').check(z.regex(/^[^\s/?#@]{1,253}$/, 'a host')),
    port: z.optional(
      z.coerce
        .number('a port')
        .check(z.int('a port'), z.minimum(1, 'a port'), z.maximum(65_535, 'a port')),
    ),
    username: text('the name of a user'),
    password: z.optional(text('a password')),
    private_key: z.optional(text('a private key, PEM')),
    /** What opens the private key. */
    passphrase: z.optional(text('a passphrase')),
    /** The only key that the host may have, as OpenSSH prints it: `SHA256:` and Base64. */
    host_fingerprint: z.optional(
      z
        .string('a fingerprint such as SHA256:…')
        .check(z.regex(/^SHA256:[\w+/]{43}=?$/, 'a fingerprint such as SHA256:…')),
    ),
    file: z.optional(text('the path of a file')),
    path: z.optional(text('the path of a folder')),
    filename: z.optional(text('a file name')),
  })
  .check(oneOf('password', 'private_key'), oneOf('file', 'path'))

/** Checked options. */
export type SftpOptions = z.infer<typeof sftpOptions>

/** Which of them nobody else may see. */
export const SFTP_SECRETS: readonly string[] = ['password', 'private_key', 'passphrase']

/** Folder and name as one path. */
export function pathIn(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`
}
