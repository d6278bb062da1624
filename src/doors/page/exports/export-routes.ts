import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { readJson, readWholeNumber } from '../../../http/read-request.ts'
import { UNTRUSTED_HEADERS } from '../../../http/untrusted-headers.ts'
import { PAGE_BODY } from '../page-body.ts'
import {
  EXPORT_DEEDS,
  type ExportDetail,
  type ExportPreview,
  newExportSchema,
  wishedExportSchema,
} from './export-shapes.ts'
import { partOfWhole, partsOfExport, toShownExport } from './export-work.ts'
import type { InspectedExports, MailFacts } from './inspected-exports.ts'

/** How many jobs are told of at a time. */
export const EXPORTS_PER_PAGE = 50

/** How many assets of an export are shown before it is submitted. */
const PREVIEWED = 6

/** How many lines of a log are told, the last ones; an export of pictures has no more assets. */
const MOST_LINES = 500

/** A mail may look as it likes, with the pictures that are in it, and does nothing. */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"

/** `/exports/…`, to be mounted at `/devtool/api`: the exports of Scene7's IPS. */
export function createExportRoutes(exports: InspectedExports, origin: () => string): Hono {
  return new Hono()
    .get('/exports', async (c) => {
      const before = readWholeNumber(c.req.query(), 'before', { otherwise: Infinity })
      const all = await exports.list()
      const older = all.filter(({ number }) => number < before)
      const jobs = older.slice(0, EXPORTS_PER_PAGE).map(toShownExport)
      return c.json({ jobs, more: jobs.length < older.length })
    })
    .post('/exports', async (c) => {
      const wish = await readJson(c, newExportSchema, PAGE_BODY)
      const call = { origin: origin(), signal: c.req.raw.signal }
      return c.json({ number: await exports.submit(wish, call) }, 201)
    })
    .post('/exports/preview', async (c) => {
      const wish = await readJson(c, wishedExportSchema, PAGE_BODY)
      const { handles, entries, problem } = await exports.preview(wish, PREVIEWED, c.req.raw.signal)
      const preview: ExportPreview = {
        handles: [...handles],
        entries: [...entries],
        ...(problem !== undefined && { problem }),
      }
      return c.json(preview)
    })
    .get('/exports/picture', async (c) => {
      const { company = '', asset = '', fmt, modifier, macro } = c.req.query()
      const commands = { fmt: fmt === 'convert' ? 'convert' : 'orig', modifier, macro } as const
      const { bytes, mediaType } = await exports.draw(company, asset, commands, c.req.raw.signal)
      return new Response(new Uint8Array(bytes), {
        headers: { ...UNTRUSTED_HEADERS, 'content-type': mediaType, 'cache-control': 'no-store' },
      })
    })
    .get('/exports/:number', async (c) => c.json(toDetail(await demandDetail(c))))
    .get('/exports/:number/mail', async (c) => {
      const { mail } = await demandDetail(c)
      if (mail.place !== 'file') {
        throw new ServiceError('not_found', 'There is no file of a mail about this export.')
      }
      return new Response(mail.html, {
        headers: {
          ...UNTRUSTED_HEADERS,
          'content-security-policy': MAIL_POLICY,
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'no-store',
        },
      })
    })
    .delete('/exports/:number', async (c) => {
      await exports.act(numberOf(c), 'delete', { origin: origin(), signal: c.req.raw.signal })
      return c.body(null, 204)
    })
    .post('/exports/:number/:deed', async (c) => {
      const deed = EXPORT_DEEDS.find((each) => each === c.req.param('deed'))
      if (deed === undefined) {
        throw new ServiceError('not_found', `What is done is one of ${EXPORT_DEEDS.join(', ')}.`)
      }
      await exports.act(numberOf(c), deed, { origin: origin(), signal: c.req.raw.signal })
      return c.body(null, 204)
    })

  async function demandDetail(c: Context<object, '/exports/:number'>) {
    const number = numberOf(c)
    const detail = await exports.detail(number)
    if (detail) return detail
    throw new ServiceError('not_found', `There is no export ${number} any more.`)
  }
}

/** @throws {ServiceError} `not_found` for what is no number of a job */
function numberOf(c: Context<object, '/exports/:number'>): number {
  const text = c.req.param('number')
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new ServiceError(
    'not_found',
    `Exports have numbers, and ${JSON.stringify(text.slice(0, 60))} is none.`,
  )
}

function toDetail({
  job,
  assets,
  lines,
  mail,
}: NonNullable<Awaited<ReturnType<InspectedExports['detail']>>>): ExportDetail {
  const last = lines.slice(-MOST_LINES)
  return {
    job: toShownExport(job),
    assets: partsOfExport(job, assets, lines).map((part, index) => ({
      ...part,
      isGone: assets[index] === undefined,
    })),
    whole: partOfWhole(job, lines),
    lines: last.map(({ type, message, created, asset }) => ({
      type,
      message,
      created,
      ...(asset && { asset: { name: asset.name } }),
    })),
    earlier: lines.length - last.length,
    mail: toMail(mail),
  }
}

function toMail(mail: MailFacts): ExportDetail['mail'] {
  if (mail.place !== 'file') return { place: mail.place }
  const { place, to, subject, text } = mail
  return { place, to, subject, text }
}
