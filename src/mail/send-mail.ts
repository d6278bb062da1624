import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { writePrivateFile } from '../home/private-file.ts'
import type { Mail, SendMail } from './mail.ts'

/** By what mails are sent. */
export interface MailSettings {
  /** Such as `smtps://user:password@mail.example.com`; undefined to write mails into files. */
  readonly smtp: string | undefined
  /** The address that they are from. */
  readonly from: string
  /** Where files of mails go, one a mail, such as `job-12.eml`. */
  readonly folder: string
}

/** How long a server may take for one step, in milliseconds. */
const TIMEOUT_MS = 30_000

/**
 * Makes what sends mails. Without a server, and to whoever has no address, they are files that mail programs open.
 */
export function createSendMail({ smtp, from, folder }: MailSettings): SendMail {
  let opened: ReturnType<typeof openTransports> | undefined

  return async (mail) => {
    opened ??= openTransports(smtp)
    const { server, writer } = await opened
    const isAddress = hasAddress(mail.to)
    if (server && isAddress) {
      await server.sendMail(toMessage(mail, mail.to, from))
      return
    }
    const to = isAddress ? mail.to : `${encodeURIComponent(mail.to)}@localhost`
    const { message } = await writer.sendMail(toMessage(mail, to, from))
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const written = Buffer.isBuffer(message) ? String(message) : await readText(message)
    await writePrivateFile(path.join(folder, `${mail.id}.eml`), written)
  }
}

async function openTransports(smtp: string | undefined) {
  // Loaded only now: most services never send a mail.
  const { createTransport } = await import('nodemailer')
  const server =
    smtp === undefined
      ? undefined
      : createTransport({
          url: smtp,
          connectionTimeout: TIMEOUT_MS,
          greetingTimeout: TIMEOUT_MS,
          socketTimeout: TIMEOUT_MS,
          disableFileAccess: true,
          disableUrlAccess: true,
        })
  const writer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return { server, writer }
}

/** Whether it is an address, by which a server sends, and not only the name of a user. */
export function hasAddress(to: string): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(to)
}

function toMessage({ id, subject, text, html, pictures }: Mail, address: string, from: string) {
  return {
    messageId: `<${id}@darkroom>`,
    from: { name: 'Darkroom', address: from },
    to: { name: '', address },
    subject,
    text,
    html,
    attachments: pictures.map(({ id: cid, bytes }) => ({
      cid,
      filename: 'picture.jpg',
      content: Buffer.from(bytes),
      contentType: 'image/jpeg',
      contentDisposition: 'inline' as const,
    })),
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}
