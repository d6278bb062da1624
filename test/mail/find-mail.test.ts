import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { createFindMail } from '../../src/mail/find-mail.ts'
import { createSendMail } from '../../src/mail/send-mail.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const ANN = { id: 'job-7', to: 'ann@example.com' }

/** A mail of another hand, with a picture in it. */
const WITH_PICTURE = [
  'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=',
  'Content-Type: multipart/related; boundary=b',
  '',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<img src="cid:shoe@darkroom"><img src="cid:script"><img src="cid:none">',
  '--b',
  'Content-Type: image/png',
  'Content-ID: <shoe@darkroom>',
  'Content-Transfer-Encoding: base64',
  '',
  'iVBORw0K',
  '--b',
  'Content-Type: text/html',
  'Content-ID: <script>',
  '',
  '<script></script>',
  '--b--',
  '',
].join('\r\n')

describe('A mail that was sent', () => {
  const temporary = useTemporaryFolder()

  it('is found with what it says, where it is a file', async () => {
    const settings = { smtp: undefined, folder: temporary.pathTo('files') }
    const text = 'It is done.\n'
    const mail = { ...ANN, subject: 'Grüße', text, html: '<p>It is done.</p>\n', pictures: [] }
    await createSendMail({ ...settings, from: 'room@example.com' })(mail)
    const found = await createFindMail(settings)(ANN)
    assert.ok(found.place === 'file')
    const { subject, to, html } = found
    assert.deepEqual(
      [subject, to, html.trim(), found.text.trim()],
      ['Grüße', ANN.to, '<p>It is done.</p>', 'It is done.'],
    )
  })

  it('has its pictures in their places, and nothing else that came along', async () => {
    const folder = temporary.pathTo('pictures')
    await mkdir(folder)
    await writeFile(`${folder}/job-7.eml`, WITH_PICTURE)
    const found = await createFindMail({ smtp: undefined, folder })(ANN)
    assert.ok(found.place === 'file')
    assert.equal(
      found.html.trim().split('\n')[0],
      '<img src="data:image/png;base64,iVBORw0K"><img src="cid:script"><img src="cid:none">',
    )
  })

  it('is with the server that sends, unless its user has no address', async () => {
    const find = createFindMail({ smtp: 'smtp://mail.example.com', folder: temporary.pathTo('no') })
    assert.deepEqual(await find(ANN), { place: 'server' })
    assert.deepEqual(await find({ ...ANN, to: 'ann' }), { place: 'nowhere' })
  })

  it('is nowhere when its file is gone', async () => {
    const find = createFindMail({ smtp: undefined, folder: temporary.pathTo('no') })
    assert.deepEqual(await find(ANN), { place: 'nowhere' })
  })
})
