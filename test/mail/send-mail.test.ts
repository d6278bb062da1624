import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdir, readFile, stat } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import type { Mail } from '../../src/mail/mail.ts'
import { createSendMail } from '../../src/mail/send-mail.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const MAIL: Mail = {
  id: 'job-7',
  to: 'ann@example.com',
  subject: 'Grüße\r\nBcc: eve@example.com',
  text: 'It is done.\n',
  html: '<p>It is done.</p>\n',
  pictures: [],
}

/** A server of SMTP that takes every mail, and keeps what clients send. */
async function openSink() {
  const lines: string[] = []
  const server = createServer((socket) => {
    let isContent = false
    socket.write('220 sink\r\n')
    socket.on('data', (data) => {
      for (const line of String(data).split('\r\n').slice(0, -1)) {
        lines.push(line)
        if (isContent && line !== '.') continue
        isContent = line === 'DATA'
        if (line === 'QUIT') socket.end('221 bye\r\n')
        else socket.write(isContent ? '354 go on\r\n' : '250 ok\r\n')
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port }: Partial<AddressInfo> = Object(server.address())
  return { lines, url: `smtp://127.0.0.1:${port}`, close: () => server.close() }
}

describe('a mail', () => {
  const temporary = useTemporaryFolder()

  it('is a file for its owner where there is no server, and the same one when it is sent again', async () => {
    const folder = temporary.pathTo('mail')
    const send = createSendMail({ smtp: undefined, from: 'room@example.com', folder })
    await send(MAIL)
    await send(MAIL)
    assert.deepEqual(await readdir(folder), ['job-7.eml'])
    assert.equal((await stat(`${folder}/job-7.eml`)).mode & 0o777, 0o600)
    const text = await readFile(`${folder}/job-7.eml`, 'utf8')
    assert.match(text, /^To: ann@example\.com\r$/m)
    assert.match(text, /^From: Darkroom <room@example\.com>\r$/m)
    assert.match(text, /^Message-ID: <job-7@darkroom>\r$/m)
    assert.match(text, /^Content-Type: multipart\/alternative/m)
    assert.doesNotMatch(text, /^Bcc:/m)
  })

  it('brings its pictures with its HTML, which shows them in place', async () => {
    const folder = temporary.pathTo('pictures')
    const pictures = ['one', 'two'].map((id) => ({
      id: `${id}@job-7`,
      bytes: Buffer.from(id),
    }))
    const html = '<img src="cid:one@job-7"><img src="cid:two@job-7">'
    const send = createSendMail({ smtp: undefined, from: 'room@example.com', folder })
    await send({ ...MAIL, html, pictures })
    const text = await readFile(`${folder}/job-7.eml`, 'utf8')
    assert.match(text, /multipart\/alternative[^]*text\/plain[^]*multipart\/related[^]*text\/html/)
    for (const { id, bytes } of pictures) {
      const part = text.slice(text.indexOf(`Content-ID: <${id}>`)).split('--')[0] ?? ''
      assert.match(part, /^Content-Disposition: inline;/m)
      assert.ok(part.trim().endsWith(`\r\n\r\n${bytes.toString('base64')}`), part)
    }
    assert.equal(text.match(/^Content-Type: image\/jpeg;/gm)?.length, 2)
  })

  it('is sent to the one address that it is for', async () => {
    const sink = await openSink()
    try {
      const folder = temporary.pathTo('none')
      await createSendMail({ smtp: sink.url, from: 'room@example.com', folder })(MAIL)
      const envelope = sink.lines.filter((line) => /^(?:MAIL|RCPT)/.test(line))
      assert.deepEqual(envelope, ['MAIL FROM:<room@example.com>', 'RCPT TO:<ann@example.com>'])
      assert.ok(sink.lines.includes('It is done.'))
      await assert.rejects(readdir(folder), { code: 'ENOENT' })
    } finally {
      sink.close()
    }
  })

  it('is a file for somebody who has no address', async () => {
    const folder = temporary.pathTo('names')
    const smtp = 'smtp://127.0.0.1:1'
    await createSendMail({ smtp, from: 'room@example.com', folder })({ ...MAIL, to: 'ann' })
    assert.match(await readFile(`${folder}/job-7.eml`, 'utf8'), /^To: ann@localhost\r$/m)
  })

  it('fails when the server cannot be reached', async () => {
    const sink = await openSink()
    sink.close()
    const send = createSendMail({
      smtp: sink.url,
      from: 'room@example.com',
      folder: temporary.pathTo('gone'),
    })
    await assert.rejects(send(MAIL), /ECONNREFUSED/)
  })
})
