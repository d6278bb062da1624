import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import { OperationError } from '../../../src/base/operation-error.ts'
import { hasBrowser } from '../../../src/programs/browser.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { useStranger } from '../../fetching/stranger.ts'
import { pixelAt } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { textOf, useCapture, usePages } from './capture-fixture.ts'

const RED = '<body style="margin:0;background:red">'

describe('the capture of a page of the web', function () {
  this.timeout(90_000)
  const { capture } = useCapture()
  const folder = useTemporaryFolder()
  const { TMPDIR: usual } = process.env
  afterEach(() => {
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
  })
  let answer: (url: string, response: ServerResponse) => void = showNothing
  const pages = usePages((request, response) => answer(request.url ?? '', response))
  // What a page must not get to, though it is on this machine as well.
  const secret = usePages((_request, response) => response.end('secret'))
  const encrypted = useStranger((response) => html(response, '<p>encrypted</p>'))
  const at = (path = '/'): string => `http://127.0.0.1:${pages.port}${path}`

  before(async function () {
    if (!hasBrowser(findPrograms(process.env))) {
      console.log('There is no Chromium here.')
      this.skip()
    }
    try {
      await capture({ format: 'pdf', url: at() })
    } catch (error) {
      if (!(error instanceof OperationError) || error.code !== 'browser_unusable') throw error
      console.log(error.message)
      this.skip()
    }
  })

  it('prints it on the paper that is asked for, with its headers and cookies', async () => {
    answer = (url, response) => {
      if (url === '/start') response.writeHead(302, { location: '/' }).end()
      else html(response, '<h1>Grüße</h1><script>document.write(document.cookie)</script>')
    }
    const file = await capture({
      format: 'pdf',
      url: at('/start'),
      headers: { 'X-Ticket': '17', Cookie: 'a=b; c=d' },
      pageFormat: 'a5',
      pageOrientation: 'landscape',
      displayHeaderFooter: true,
      headerTemplate: '<span class="title"></span>',
      footerTemplate: '<span class="pageNumber"></span> of <span class="totalPages"></span>',
    })
    const document = await PDFDocument.load(await readFile(file.path))
    const { width, height } = document.getPage(0).getSize()
    assert.deepEqual([Math.round(width), Math.round(height)], [596, 420])
    const printed = await textOf(file)
    for (const part of ['Grüße', 'a=b; c=d', 'Page', '1 of 1'])
      assert.ok(printed.includes(part), part)
    const asked = pages.asked.filter(({ url }) => url === '/start' || url === '/')
    assert.deepEqual(
      asked.map(({ url, headers }) => [url, headers['x-ticket'], headers.cookie]),
      [
        ['/start', '17', 'a=b; c=d'],
        ['/', '17', 'a=b; c=d'],
      ],
    )
  })

  it('trusts the certificate of a server on this machine, which nobody else has signed', async () => {
    const file = await capture({ format: 'pdf', url: encrypted.origin })
    assert.match(await textOf(file), /encrypted/)
  })

  it('draws all of it, a lazy picture far down as well', async () => {
    const blue = await picture('blue')
    answer = (url, response) => {
      if (url === '/blue.png') response.end(blue)
      else
        html(
          response,
          `<body style="margin:0"><div style="height:5000px"></div>
          <img loading="lazy" style="display:block" src="/blue.png" width="1280" height="100">`,
        )
    }
    const file = await capture({ format: 'png', url: at() })
    assert.deepEqual([file.width, file.height], [1280, 5100])
    assert.deepEqual(await pixelAt(file.path, 640, 5050), [0, 0, 255])
  })

  const hidden: [title: string, body: string][] = [
    [
      'to a script that looks where it is',
      `<p id="late"></p><script>new IntersectionObserver(([seen]) => {
        if (seen.isIntersecting) seen.target.className = 'blue'
      }).observe(document.getElementById('late'))</script>`,
    ],
    [
      'to a handler of its own',
      `<p id="late"></p><svg onload="window.onscroll = () => {
        if (scrollY > 4000) document.getElementById('late').className = 'blue'
      }" width="0" height="0"></svg>`,
    ],
    [
      'as it has nothing but a frame',
      '<iframe id="late" srcdoc="&lt;body style=background:blue>">',
    ],
  ]
  for (const [title, body] of hidden) {
    it(`draws what is shown only to those who scroll, ${title}`, async () => {
      const blue = await picture('blue')
      answer = (url, response) => {
        if (url === '/blue.png') response.end(blue)
        else
          html(
            response,
            `<style>#late { display: block; border: 0; margin: 0; width: 1280px; height: 100px } .blue { background: url(/blue.png) }</style>
            <body style="margin:0"><div style="height:5000px"></div>${body}`,
          )
      }
      const file = await capture({ format: 'png', url: at() })
      assert.deepEqual(await pixelAt(file.path, 640, 5050), [0, 0, 255])
    })
  }

  it('follows what grows as far as a picture can show it', async () => {
    answer = (_url, response) =>
      html(
        response,
        `${RED}<div style="height:2000px"></div><script>
        addEventListener('scroll', () => document.body.append(Object.assign(document.createElement('div'), { style: 'height:1000px' })))
      </script>`,
      )
    const file = await capture({ format: 'jpg', url: at() }, { limits: { side: 4000 } })
    assert.deepEqual([file.width, file.height], [1280, 4000])
  })

  it('waits for an element, and says which one when it does not come', async () => {
    answer = (_url, response) =>
      html(
        response,
        '<script>setTimeout(() => { document.body.innerHTML = "<p id=a>late</p>" }, 300)</script>',
      )
    const options = { format: 'pdf', url: at() } as const
    assert.match(await textOf(await capture({ ...options, waitForElement: '#a' })), /late/)
    await assert.rejects(
      capture({ ...options, waitForElement: '#b' }, { limits: { elementMs: 500 } }),
      { code: 'page_element_missing', message: /"#b"/ },
    )
    await assert.rejects(capture({ ...options, waitForElement: '#' }), {
      code: 'page_selector_invalid',
    })
  })

  describe('fails, and makes no picture of an error,', () => {
    const cases: [title: string, url: () => string, expected: object][] = [
      [
        'when its server answers 404',
        () => at('/missing'),
        { code: 'page_refused', message: /answered 404/ },
      ],
      [
        'when there is no such host',
        () => 'http://host.invalid/',
        { code: 'page_unreachable', message: /ENOTFOUND|EAI_AGAIN/ },
      ],
      ['when nobody listens', () => 'http://127.0.0.1:9/', { code: 'page_unreachable' }],
      [
        'when it is a file to be saved',
        () => at('/saved'),
        { code: 'page_unreachable', message: /a file to be saved/ },
      ],
      ['when it is no page of the web', () => 'file:///etc/passwd', { code: 'page_url_invalid' }],
      [
        'when it goes on to what is out of reach',
        () => at('/away'),
        { code: 'page_unreachable', message: /not one that this service may connect to/ },
      ],
      [
        'when its script leads to what is not there',
        () => at('/later'),
        { code: 'page_refused', message: /404/ },
      ],
    ]
    for (const [title, url, expected] of cases) {
      it(title, async () => {
        answer = (asked, response) => {
          if (asked === '/saved')
            response.writeHead(200, { 'content-type': 'application/zip' }).end('PK')
          else if (asked === '/away')
            response.writeHead(302, { location: `http://localhost:${secret.port}/` }).end()
          else if (asked === '/later') html(response, '<script>location.href = "/missing"</script>')
          else response.writeHead(404, { 'content-type': 'text/html' }).end('nothing')
        }
        await assert.rejects(capture({ format: 'png', url: url(), waitTime: 300 }), expected)
        assert.equal(secret.asked.length, 0)
      })
    }
  })

  it('gets to nothing of this machine but the origin of its URL', async () => {
    const hosts = ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0.0.0.0', '169.254.169.254']
    answer = (url, response) => {
      if (url === '/hop') {
        response.writeHead(302, { location: `http://127.0.0.1:${secret.port}/hop` }).end()
        return
      }
      const urls = hosts.map((host) => `${host}:${secret.port}`)
      html(
        response,
        `<h1>before</h1><pre id="out"></pre><img src="/hop"><iframe src="file:///etc/passwd"></iframe>
        <iframe src="/hop"></iframe>
        ${urls.map((host) => `<img src="http://${host}/i"><iframe src="http://${host}/f"></iframe>`).join('')}
        <script>
          const out = document.getElementById('out')
          const tell = (text) => { out.textContent += text + '\\n' }
          Promise.all([...${JSON.stringify(urls)}.flatMap((host) => [
            fetch('http://' + host + '/x', { mode: 'no-cors' }).then(() => tell('reached ' + host), () => {}),
            new Promise((resolve) => {
              const socket = new WebSocket('ws://' + host + '/w')
              socket.onopen = () => tell('reached ' + host)
              socket.onclose = resolve
            }),
          ]), fetch('file:///etc/passwd').then(() => tell('read'), () => {})]).then(() => { out.id = 'done' })
        </script>`,
      )
    }
    const file = await capture({ format: 'pdf', url: at(), waitForElement: '#done' })
    const printed = await textOf(file)
    assert.match(printed, /before/)
    assert.doesNotMatch(printed, /reached|read|root:/)
    assert.deepEqual(secret.asked, [])
  })

  it('ends within its limits of time, requests and bytes', async () => {
    const format = 'png'
    answer = (url, response) => {
      if (url === '/forever') html(response, '<script>for (;;) {}</script>')
      else if (url === '/many')
        html(response, Array.from({ length: 30 }, (_, n) => `<img src="/i${n}">`).join(''))
      else if (url === '/large') html(response, '<script src="/blanks"></script>')
      else if (url === '/blanks') response.end(' '.repeat(3_000_000))
      else response.end()
    }
    const fails = async (path: string, limits: object, message: RegExp): Promise<void> =>
      assert.rejects(capture({ format, url: at(path) }, { limits }), { message })
    await fails('/forever', { longestMs: 4000 }, /could not be captured within 4 seconds/)
    await fails('/many', { requests: 20 }, /more than 20 requests/)
    await fails('/large', { bytes: 1_000_000 }, /more than 1 MB from its servers/)
  })

  it('is gone within a second when it is given up, with all that it has started', async () => {
    answer = (_url, response) => html(response, '<script>for (;;) {}</script>')
    // Others capture meanwhile, and have their folders where temporary ones are.
    process.env['TMPDIR'] = folder.pathTo('.')
    const giveUp = new AbortController()
    const made = capture({ format: 'png', url: at() }, { signal: giveUp.signal })
    void made.catch(() => undefined)
    // The page has been asked for, and so Chromium runs.
    while (pages.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    const start = performance.now()
    giveUp.abort(new Error('not wanted any more'))
    await assert.rejects(made, /not wanted any more/)
    assert.ok(performance.now() - start < 1500, `${performance.now() - start} ms`)
    assert.deepEqual(readdirSync(folder.pathTo('.')), [])
  })
})

function html(response: ServerResponse, body: string, head = ''): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
  response.end(`<!doctype html><title>Page</title>${head}${body}`)
}

function picture(background: string): Promise<Buffer> {
  return sharp({ create: { width: 10, height: 10, channels: 3, background } })
    .png()
    .toBuffer()
}

function showNothing(_url: string, response: ServerResponse): void {
  html(response, '')
}
