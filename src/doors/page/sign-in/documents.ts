import type { Context } from 'hono'
import { html } from 'hono/html'
import { documentHeaders } from '../document-headers.ts'

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:15vh auto;padding:0 1em}'

/** They load nothing, and send a form to this service alone. */
const HEADERS = documentHeaders(STYLE, "form-action 'self'")

type Markup = ReturnType<typeof html>

/** A document for whoever comes to the developer page and does not see it yet. */
interface EntranceDocument {
  readonly status: 200 | 401 | 403 | 429
  readonly sentence: string
  /** What follows the sentence. */
  readonly rest: Markup
  /** What is in the head besides. */
  readonly head?: Markup
  /** What of its address the browser tells where it goes from there; nothing unless given. */
  readonly referrerPolicy?: 'no-referrer' | 'same-origin'
}

/** Answers with a document. */
export function answerDocument(
  c: Context,
  { status, sentence, rest, head, referrerPolicy = 'no-referrer' }: EntranceDocument,
): Response | Promise<Response> {
  const headers = { ...HEADERS, 'referrer-policy': referrerPolicy }
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  c.status(status)
  return c.html(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    ${head ?? ''}
    <title>Darkroom</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>Darkroom</h1>
      <p>${sentence}</p>
      ${rest}
    </main>
  </body>
</html>
`)
}

/**
 * Leads somebody to the page who has just got a session. No redirect does: a browser that has come by a link from elsewhere
 * would follow it without the cookie. The address that it was reached by stays in no history.
 */
export function leadToPage(c: Context): Response | Promise<Response> {
  return answerDocument(c, {
    status: 200,
    sentence: 'You are signed in.',
    rest: html`<p><a href="/">Go to the developer page</a></p>`,
    head: html`<meta http-equiv="refresh" content="0; url=/">`,
  })
}
