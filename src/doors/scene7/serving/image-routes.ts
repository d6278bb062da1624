import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import { decodeObject } from '../catalogue/object-name.ts'
import { refuse } from '../scene7-dialect.ts'
import { answerErrorImage } from './error-image.ts'
import { PUBLIC_HEADERS } from './public-headers.ts'
import { readRequestKind } from './request-kind.ts'
import { splitTarget } from './request-target.ts'
import type { AnswerRequest } from './served-request.ts'
import { withPrepared } from './unprepared.ts'

const MOUNT = '/is/image'

/** The most letters of a query: a URL has no more in most places that it passes. */
const LONGEST_QUERY = 16 * 1024

/**
 * `GET` and `HEAD` of `/is/image` and all below it.
 *
 * @param answers - by what `req` asks for
 * @param now - the clock, in milliseconds of the epoch
 */
export function createImageRoutes({
  catalogues,
  answers,
  now,
}: {
  readonly catalogues: Catalogues
  readonly answers: ReadonlyMap<string, AnswerRequest>
  readonly now: () => number
}): Hono<HttpEnv> {
  async function answer(c: Context<HttpEnv>): Promise<Response> {
    const { path, query } = splitTarget(c.req.url, MOUNT)
    if (path === '' && query === '') return answerOk(now())
    if (query.length > LONGEST_QUERY) {
      throw new ServiceError(
        'forbidden',
        `A request has at most ${LONGEST_QUERY} letters behind its "?", and this one has ${query.length}.`,
      )
    }
    const named = decodeObject(path)
    const company = catalogues.companyOf(named)
    const object = catalogues.isCompany(named) ? '' : named
    const catalogue = catalogues.of(company)
    const kind = readRequestKind(query, catalogue)
    const answerKind = answers.get(kind.kind)
    if (!answerKind) {
      const known = [...answers.keys()].join(', ')
      throw new ServiceError('forbidden', `req=${kind.kind} is not one of ${known}.`)
    }
    const { headers, signal } = c.req.raw
    return answerKind({ ...kind, company, object, query, catalogue, headers, signal })
  }

  async function answerOrRefuse(c: Context<HttpEnv>): Promise<Response> {
    try {
      return await withPrepared(c.req.raw.signal, () => answer(c))
    } catch (thrown) {
      // Nobody reads what is answered to whoever has gone.
      if (c.req.raw.signal.aborted) return new Response(null, { status: 499 })
      const error = refuse(thrown)
      if (!(error instanceof ServiceError)) throw error
      const shown = await answerErrorImage(c.req.raw, error, catalogues, answers)
      if (!shown) throw error
      return shown
    }
  }

  return new Hono<HttpEnv>()
    .get(MOUNT, answerOrRefuse)
    .get(`${MOUNT}/*`, answerOrRefuse)
    .all(MOUNT, refuseMethod)
    .all(`${MOUNT}/*`, refuseMethod)
}

function refuseMethod(c: Context): never {
  throw new ServiceError(
    'method_not_allowed',
    `Pictures are asked for by GET, not ${c.req.method}.`,
    {
      headers: { allow: 'GET, HEAD' },
    },
  )
}

/** What says that a server is there (r-req). */
function answerOk(now: number): Response {
  return new Response(`#S7Z OK\n#${new Date(now).toUTCString()}\nserver=Darkroom\n`, {
    headers: {
      ...PUBLIC_HEADERS,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    },
  })
}
