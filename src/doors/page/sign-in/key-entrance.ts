import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { isSameSecret } from '../../../base/same-secret.ts'
import { writePrivateFile } from '../../../home/private-file.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import { answerDocument, leadToPage } from './documents.ts'
import type { Entrance } from './entrance.ts'
import type { SessionCookie } from './session-cookie.ts'

/** In the state folder: leads a browser, and whoever reads it, to the page. */
const FILE = 'developer-page.html'

const HINT = `The developer page is opened with the address that npm start prints at each start, which has a key in it; the file ${FILE} in the state folder leads there as well.`

/**
 * The entrance of a laptop: whoever has the address of this start, which the terminal shows and a file has that nobody else can
 * read, is the one who has started the service. The address has a key, and the cookie has another.
 *
 * @param options.origin - that of the service
 */
export function openKeyEntrance(options: {
  home: string
  origin: () => string
  cookie: SessionCookie
}): Entrance {
  const { origin, cookie } = options
  const file = path.join(options.home, FILE)
  const key = randomBytes(32).toString('base64url')

  const show = (c: Context) =>
    answerDocument(c, {
      status: 401,
      sentence: HINT,
      // Browsers send no cookie with a link of another site.
      rest: html`<p><a href="/">Try again</a></p>`,
    })

  const routes = new Hono<HttpEnv>().get('/devtool/', (c, next) => {
    const given = c.req.query('key')
    if (given === undefined) return next()
    if (!isSameSecret(given, key)) return show(c)
    cookie.begin(c)
    return leadToPage(c)
  })

  return {
    routes,
    hint: HINT,
    show,
    async announce() {
      const url = `${origin()}/devtool/?key=${key}`
      await writePrivateFile(file, leadTo(url))
      return { url, file }
    },
    close: () => rm(file, { force: true }),
  }
}

/** Programs are told this file rather than the address, since the arguments of a process are for everybody to see. */
function leadTo(url: string): string {
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${url}">
<title>Darkroom</title>
<p><a href="${url}">The developer page of Darkroom</a>, until the service stops.</p>
`
}
