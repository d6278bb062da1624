import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { openPageDoor, type PageDoor } from '../../src/doors/page/page-door.ts'
import { makeCertificates } from '../../src/http/certificates.ts'
import { type HttpsServer, listen } from '../../src/http/https-server.ts'
import { urlImport } from '../../src/peers/url/url-import.ts'
import { openNamed } from '../../src/sdk/reach.ts'
import { downloadSource } from '../../src/sdk/source-download.ts'
import { idlePage } from '../doors/page/idle-page.ts'
import { useHome } from '../e2e/service-process.ts'
import { rootApp } from '../support/root-app.ts'

/** What the page would tell. */
const SECRET = 'harbour.jpg'

describe('the developer page of a service whose workers are told to read it', () => {
  const home = useHome()
  const trusted = getCACertificates('default')
  let door: PageDoor
  let server: HttpsServer
  let page: string

  before(async () => {
    const certificates = await makeCertificates(Date.now())
    setDefaultCACertificates([...trusted, certificates.ca])
    let origin = ''
    door = openPageDoor(idlePage(home, () => origin))
    server = await listen({ fetch: rootApp().route('/', door.app).fetch, certificates, port: 0 })
    origin = server.origin
    page = `${origin}/devtool/api/samples`
  })
  after(async () => {
    await server.close()
    await door.pause?.()
    await door.finish?.(0)
    await door.close?.()
    setDefaultCACertificates(trusted)
  })

  it('tells whoever is signed in, over the very same connection', async () => {
    const { url } = await door.announce()
    const cookie = (await fetch(url)).headers.get('set-cookie')?.split(';')[0] ?? ''
    assert.match(await (await fetch(page, { headers: { cookie } })).text(), new RegExp(SECRET))
  })

  const { signal } = new AbortController()
  const ATTEMPTS: [what: string, attempt: (file: string) => Promise<unknown>][] = [
    ['a source', (file) => downloadSource({ source: { url: page }, renditions: [] }, file)],
    [
      'a source with headers',
      (file) => {
        const headers = { accept: 'text/html', origin: server.origin, 'sec-fetch-site': 'none' }
        return downloadSource({ source: { url: page, headers }, renditions: [] }, file)
      },
    ],
    ['a file of an archive', () => openNamed(page, { from: 0, signal })],
    ['an import', () => urlImport.find({ url: page }, { signal, reach: 'machine' })],
  ]
  for (const [what, attempt] of ATTEMPTS) {
    it(`tells them nothing as ${what}`, async () => {
      const file = path.join(home, 'file')
      await assert.rejects(attempt(file), { message: /the server answered 401/ })
      assert.ok(!existsSync(file))
    })
  }
})
