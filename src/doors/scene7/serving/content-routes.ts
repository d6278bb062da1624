import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import { MissingObjectError } from '../../../image-serving/request-error.ts'
import type { Asset, Original } from '../catalogue/asset.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import { decodeObject } from '../catalogue/object-name.ts'
import { refuse } from '../scene7-dialect.ts'
import { requireHere } from './bring-original.ts'
import { answerFile } from './file-answer.ts'
import { cacheControl, headersOfOriginal } from './public-headers.ts'
import { readRequestKind } from './request-kind.ts'
import { splitTarget } from './request-target.ts'
import type { AnswerRequest } from './served-request.ts'
import { withPrepared } from './unprepared.ts'

const MOUNT = '/is/content'

/**
 * `GET` and `HEAD` of what is below `/is/content`: files as they are.
 *
 * @param answers - to what else may be asked of them by `req`
 */
export function createContentRoutes({
  catalogues,
  answers,
}: {
  readonly catalogues: Catalogues
  readonly answers: ReadonlyMap<string, AnswerRequest>
}): Hono<HttpEnv> {
  async function answer(c: Context<HttpEnv>): Promise<Response> {
    const { path, query } = splitTarget(c.req.url, MOUNT)
    const object = decodeObject(path)
    const company = catalogues.companyOf(object)
    const catalogue = catalogues.of(company)
    const kind = readRequestKind(query, catalogue)
    const { headers, signal } = c.req.raw
    if (kind.valueOf('req') !== undefined) {
      const answerKind = answers.get(kind.kind)
      if (answerKind) {
        return answerKind({ ...kind, company, object, query, catalogue, headers, signal })
      }
      const known = [...answers.keys()].join(', ')
      throw new ServiceError('forbidden', `req=${kind.kind} of a file is not one of ${known}.`)
    }
    const found = catalogues.find(company, object)
    const original = found?.asset.original
    if (!found || found.crop || !original) throw new MissingObjectError(object)
    requireHere(original)
    const isKept = !/^off\b/i.test(kind.valueOf('cache') ?? 'on')
    const kept = isKept ? cacheControl(catalogue.attributes.expirations.pictures) : 'no-store'
    return answerOriginal(c.req.raw, { asset: found.asset, original, kept })
  }

  async function answerOrRefuse(c: Context<HttpEnv>): Promise<Response> {
    try {
      return await withPrepared(c.req.raw.signal, () => answer(c))
    } catch (error) {
      throw refuse(error)
    }
  }

  return new Hono<HttpEnv>().get(`${MOUNT}/*`, answerOrRefuse).all(`${MOUNT}/*`, (c) => {
    throw new ServiceError(
      'method_not_allowed',
      `Files are asked for by GET, not ${c.req.method}.`,
      { headers: { allow: 'GET, HEAD' } },
    )
  })
}

async function answerOriginal(
  request: Request,
  {
    asset,
    original,
    kept,
  }: { readonly asset: Asset; readonly original: Original; readonly kept: string },
): Promise<Response> {
  const { path, mediaType, size } = original
  const hash = createHash('sha256').update(`${path}:${asset.version}:${size}`)
  return answerFile(request, {
    path,
    size,
    etag: `"${hash.digest('base64url')}"`,
    headers: {
      ...headersOfOriginal(mediaType),
      'content-type': mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType,
      'last-modified': new Date(asset.modified).toUTCString(),
      'cache-control': kept,
    },
    what: `The file of ${asset.company}/${asset.name}`,
  })
}
