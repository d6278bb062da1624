import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UNDATED } from '../../src/doors/scene7/ips/ips-namespaces.ts'
import { readScene7Env } from '../../src/doors/scene7/scene7-env.ts'
import { parseXml, type XmlElement } from '../../src/doors/scene7/upload/xml-element.ts'
import { at, envelope, param, texts } from '../doors/scene7/ips/call-ips.ts'
import { trust } from './api-client.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const FILES = 100
const KILLS = 6
const HERE = '<companyHandle>c|darkroom</companyHandle>'
const OPTIONS =
  '<overwrite>false</overwrite><readyForPublish>true</readyForPublish><createMask>false</createMask><emailSetting>All</emailSetting>'

describe('uploads to a service that is killed again and again', function () {
  this.timeout(300_000)
  const home = useHome()
  const server = createServer((request, response) => response.end(`bytes of ${request.url}`))
  before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  it('by URLs keep each file once, and end once, with one mail', async () => {
    const start = (port = 0) => startServiceProcess({ home, port, assets: 'samples', warm: [] })
    let service: ServiceProcess = await start()
    const port = Number(new URL(service.origin).port)
    trust(home)
    const { user = '', password = '' } = await readScene7Env(home)
    const header = `<authHeader xmlns="${UNDATED}"><user>${user}</user><password>${password}</password></authHeader>`

    async function call(operation: string, members: string): Promise<XmlElement> {
      const answer = await fetch(`${service.origin}/scene7/services/IpsApiService`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml; charset=utf-8' },
        body: envelope(param(operation, HERE + members), header),
      })
      const content = parseXml(await answer.text()).children[0]?.children[0]
      assert.equal(content?.name, `${operation}Return`)
      return content
    }
    async function upload(params: string, name: string): Promise<string> {
      const form = new FormData()
      form.append('auth', header)
      form.append('uploadParams', `<uploadPostParam>${HERE}${params}</uploadPostParam>`)
      form.append('file', new File(['a picture'], name))
      const url = `${service.origin}/scene7/UploadFile`
      const text = await (await fetch(url, { method: 'POST', body: form })).text()
      return /<jobHandle>([^<]+)/.exec(text)?.[1] ?? text
    }

    const begun = `<jobName>posted</jobName><uploadParams>${OPTIONS}</uploadParams>`
    const posted = await upload(begun, 'posted-0.jpg')
    const address = server.address()
    const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    const items = Array.from(
      { length: FILES },
      (_, index) =>
        `<items><sourceUrl>${origin}/file-${index}.jpg</sourceUrl><destPath>set/</destPath></items>`,
    )
    await call(
      'submitJob',
      `<jobName>urls</jobName><uploadUrlsJob><urlArray>${items.join('')}</urlArray>${OPTIONS}</uploadUrlsJob>`,
    )
    for (let kill = 1; kill <= KILLS; kill += 1) {
      await sleep(60 * kill)
      service.child.kill('SIGKILL')
      await service.exited
      service = await start(port)
      assert.equal(await upload(`<jobHandle>${posted}</jobHandle>`, `posted-${kill}.jpg`), posted)
    }
    await upload(`<jobHandle>${posted}</jobHandle><endJob>true</endJob>`, 'last.jpg')
    for (;;) {
      if (texts(await call('getJobLogs', ''), 'jobName').includes('urls')) break
      await sleep(100)
    }
    const logs = await call('getJobLogs', '<sortBy>JobName</sortBy>')
    assert.deepEqual(
      (at(logs, 'jobLogArray')?.children ?? []).map((log) =>
        ['jobName', 'fileSuccessCount', 'fileErrorCount', 'fatalError'].map(
          (name) => at(log, name)?.text,
        ),
      ),
      [
        ['posted', String(KILLS + 2), '0', 'false'],
        ['urls', String(FILES), '0', 'false'],
      ],
    )
    const found = await call(
      'searchAssets',
      '<folder>darkroom/set/</folder><includeSubfolders>true</includeSubfolders><recordsPerPage>1000</recordsPerPage>',
    )
    assert.equal(texts(found, 'name').length, FILES)
    const mails = path.join(home, 'mail')
    for (;;) {
      // The first one makes the folder.
      const sent = existsSync(mails) ? await readdir(mails) : []
      if (sent.length === 2) break
      await sleep(100)
    }
    const [first = ''] = await readdir(mails)
    assert.match(
      await readFile(path.join(mails, first), 'utf8'),
      /^Subject: (?:posted|urls): done/m,
    )
  })
})
