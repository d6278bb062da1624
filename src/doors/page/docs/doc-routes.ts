import path from 'node:path'
import { type Context, Hono } from 'hono'
import { html, raw } from 'hono/html'
import { ServiceError } from '../../../base/errors.ts'
import { documentHeaders } from '../document-headers.ts'
import { answerFile } from '../files/local-answer.ts'
import { type Doc, readDocs } from './docs.ts'

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;font:16px/1.6 system-ui,sans-serif}
header{padding:12px 24px;border-bottom:1px solid #8884}
header a{font-weight:800;color:inherit;text-decoration:none}
.docs{display:grid;grid-template-columns:14rem minmax(0,1fr);gap:32px;max-width:1100px;margin:0 auto;padding:24px}
nav ul{margin:0;padding:0;list-style:none}
nav li{margin-bottom:8px}
a{color:light-dark(#1f5fd0,#8ab4ff)}
nav a[aria-current]{color:inherit;font-weight:700;text-decoration:none}
main{overflow-wrap:anywhere}
h1{margin-top:0}
pre{padding:12px;overflow-x:auto;border-radius:8px;background:#8882;overflow-wrap:normal}
code{font-size:.875em}
img{max-width:100%;background:#fff}
.table{overflow-x:auto}
table{border-collapse:collapse;display:block;overflow-x:auto}
th,td{padding:4px 12px 4px 0;text-align:start;vertical-align:top;border-bottom:1px solid #8884}
@media(width<800px){.docs{grid-template-columns:minmax(0,1fr);padding:16px}}
`

const HEADERS = {
  ...documentHeaders(STYLE, "img-src 'self' data:; form-action 'none'"),
  'referrer-policy': 'no-referrer',
}

/**
 * The documents, each as a page, to be mounted at `/devtool/docs`.
 *
 * @param folder - where they are in Markdown, and their pictures in `images/`
 */
export function createDocRoutes(folder: string): Hono {
  return new Hono()
    .get('/', (c) => {
      const [first] = readDocs(folder)
      if (first === undefined) throw noDoc('')
      return c.redirect(`/devtool/docs/${first.name}`)
    })
    .get('/images/:file{[\\w-]+\\.(?:png|svg)}', async (c) => {
      const file = c.req.param('file')
      return answerFile(c, path.join(folder, 'images', file))
    })
    .get('/:name', (c) => {
      const docs = readDocs(folder)
      const name = c.req.param('name')
      const doc = docs.find((each) => each.name === name)
      if (doc === undefined) throw noDoc(name)
      return answerDoc(c, doc, docs)
    })
}

function noDoc(name: string): ServiceError {
  return new ServiceError('not_found', `There is no document ${JSON.stringify(name)}.`)
}

async function answerDoc(c: Context, doc: Doc, docs: readonly Doc[]): Promise<Response> {
  // Loaded only now, with all that reads Markdown.
  const { writeDoc } = await import('./write-doc.ts')
  for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
  const names = docs.map(({ name }) => name)
  return c.html(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <title>${doc.title} - Darkroom</title>
    <style>${raw(STYLE)}</style>
  </head>
  <body>
    <header><a href="/">Darkroom</a></header>
    <div class="docs">
      <nav aria-label="Documents">
        <ul>
          ${docs.map(
            ({ name, title }) =>
              html`<li><a href="${name}"${name === doc.name ? raw(' aria-current="page"') : ''}>${title}</a></li>`,
          )}
        </ul>
      </nav>
      <main>${raw(writeDoc(doc, names))}</main>
    </div>
  </body>
</html>
`)
}
