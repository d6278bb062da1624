import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ServiceError } from '../../../../src/base/errors.ts'
import { createDocRoutes } from '../../../../src/doors/page/docs/doc-routes.ts'
import { readDocs } from '../../../../src/doors/page/docs/docs.ts'
import { writeDoc } from '../../../../src/doors/page/docs/write-doc.ts'

const NAMES = ['running', 'jobs-api']
const write = (text: string): string => writeDoc({ name: 'running', title: '', text }, NAMES).trim()

describe('the documents of the developer page', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-docs-'))
  before(() => {
    mkdirSync(path.join(folder, 'images'))
    writeFileSync(path.join(folder, 'images', 'a.png'), 'picture')
    writeFileSync(path.join(folder, 'secret.txt'), 'secret')
    writeFileSync(path.join(folder, 'running.md'), '# Run it\n\nSee [jobs](jobs-api.md#tasks).')
    writeFileSync(path.join(folder, 'about.md'), '# About')
    writeFileSync(path.join(folder, 'jobs-api.md'), '# Jobs & more')
  })
  after(() => rmSync(folder, { recursive: true }))

  const get = async (place: string): Promise<Response> => {
    const routes = createDocRoutes(folder)
    routes.onError((error) => {
      if (error instanceof ServiceError)
        return new Response(error.message, { status: error.status })
      throw error
    })
    return routes.request(place)
  }

  it('are called as their headings, the tutorials first', () => {
    assert.deepEqual(
      readDocs(folder).map(({ title }) => title),
      ['Run it', 'Jobs & more', 'About'],
    )
    assert.deepEqual(readDocs(path.join(folder, 'nowhere')), [])
  })

  it('lead to each other', async () => {
    const first = await get('/')
    assert.equal(first.headers.get('location'), '/devtool/docs/running')
    const text = await (await get('/running')).text()
    assert.match(text, /<h1 id="run-it">Run it<\/h1>/)
    assert.match(text, /See <a href="jobs-api#tasks">jobs<\/a>/)
    assert.match(text, /<a href="running" aria-current="page">Run it<\/a>/)
    assert.match(text, /<a href="jobs-api">Jobs &amp; more<\/a>/)
  })

  it('show their pictures, and no other file', async () => {
    const picture = await get('/images/a.png')
    assert.equal(picture.headers.get('content-type'), 'image/png')
    for (const place of ['/nothing', '/secret.txt', '/images/..%2Fsecret.txt', '/..%2Fdocs']) {
      assert.equal((await get(place)).status, 404, place)
    }
  })

  const links: readonly [string, string][] = [
    ['[a](jobs-api.md)', '<a href="jobs-api">a</a>'],
    ['[a](./jobs-api.md#b)', '<a href="jobs-api#b">a</a>'],
    ['[a](#b)', '<a href="#b">a</a>'],
    ['[a](https://example.com/)', '<a href="https://example.com/">a</a>'],
    ['[a](../README.md)', '<a>a</a>'],
    ['[a](../src/config.ts)', '<a>a</a>'],
    ['[a](javascript:alert(1))', '[a](javascript:alert(1))'],
  ]
  for (const [markdown, html] of links) {
    it(`write ${markdown} as ${html}`, () => {
      assert.equal(write(markdown), `<p>${html}</p>`)
    })
  }

  it('write code and tables so that the keyboard scrolls them, and no heading of nothing', () => {
    assert.equal(write('```sh\na <b\n```'), '<pre tabindex="0"><code>a &lt;b\n</code></pre>')
    const table = write('| | b |\n|---|---|\n| c | d |').replaceAll('\n', '')
    assert.match(table, /^<table tabindex="0"><thead><tr><td><\/td><th>b<\/th><\/tr>/)
  })

  it('write HTML as the text that it is', () => {
    assert.equal(write('<b>a</b>'), '<p>&lt;b&gt;a&lt;/b&gt;</p>')
  })
})
