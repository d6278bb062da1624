import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Attachment } from 'postal-mime'
import type { FindMail } from './mail.ts'
import { hasAddress, type MailSettings } from './send-mail.ts'

/** Makes what finds the mails that {@link createSendMail} has sent with the same settings. */
export function createFindMail({ smtp, folder }: Omit<MailSettings, 'from'>): FindMail {
  return async ({ id, to }) => {
    const file = await readFile(path.join(folder, `${id}.eml`)).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined
        throw error
      },
    )
    if (file === undefined) {
      return { place: smtp !== undefined && hasAddress(to) ? 'server' : 'nowhere' }
    }
    // Loaded with the first mail that somebody looks at.
    const { default: PostalMime } = await import('postal-mime')
    const { subject = '', text = '', html = '', attachments } = await PostalMime.parse(file)
    return { place: 'file', to, subject, text, html: withPictures(html, attachments) }
  }
}

/** Has a document show the pictures that came with it, which it calls by their ids (RFC 2392). */
function withPictures(html: string, attachments: readonly Attachment[]): string {
  return html.replaceAll(/\bcid:([^"'\s<>)]+)/g, (whole, id: string) => {
    const found = attachments.find(
      ({ contentId, mimeType }) =>
        contentId?.replaceAll(/^<|>$/g, '') === id && /^image\/[\w.+-]+$/.test(mimeType),
    )
    if (!found || typeof found.content === 'string') return whole
    const base64 = Buffer.from(new Uint8Array(found.content)).toString('base64')
    return `data:${found.mimeType};base64,${base64}`
  })
}
