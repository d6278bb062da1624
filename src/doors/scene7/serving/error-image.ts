import type { ServiceError } from '../../../base/errors.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import { tellError } from '../scene7-dialect.ts'
import { readRequestKind } from './request-kind.ts'
import { splitTarget } from './request-target.ts'
import type { AnswerRequest } from './served-request.ts'
import { withPrepared } from './unprepared.ts'

/** What is answered by a picture, so that another may be shown in its place. */
const PICTURES = new Set(['img', 'tmb', 'mask'])

/**
 * Shows the error image of the company in place of a picture that cannot be made (r-errorimage). A template has the error in
 * `$error.title$` and `$error.message$`.
 *
 * @returns undefined when there is none, no picture was asked for, or the error image cannot be made either
 */
export async function answerErrorImage(
  { url, signal }: Request,
  error: ServiceError,
  catalogues: Catalogues,
  answers: ReadonlyMap<string, AnswerRequest>,
): Promise<Response | undefined> {
  const catalogue = catalogues.at(url)
  const { errorImage, errorDetail } = catalogue.attributes
  const answerPicture = answers.get('img')
  if (errorImage === undefined || !answerPicture || !asksForPicture(url)) return undefined
  const entry = await withPrepared(signal, () => catalogue.find(errorImage))
  if (!entry) return undefined
  const variables = {
    'error.title': tellError(error, 0),
    'error.message': tellError(error, errorDetail),
  }
  const query = Object.entries(variables)
    .map(([name, text]) => `$${name}=${encodeURIComponent(text)}`)
    .join('&')
  try {
    const company = catalogues.companyOf(entry.object)
    const { object } = entry
    const headers = new Headers()
    const shown = await withPrepared(signal, () => {
      const kind = readRequestKind(query, catalogue)
      return answerPicture({ ...kind, company, object, query, catalogue, headers, signal })
    })
    shown.headers.set('cache-control', 'no-store')
    shown.headers.delete('etag')
    return shown
  } catch {
    // The error that there was first says more.
    return undefined
  }
}

/** By the query as it was sent: it may be what cannot be read. */
function asksForPicture(url: string): boolean {
  const { query } = splitTarget(url, '/is/image')
  const asked = query.split('&').findLast((each) => /^req=/i.test(each))
  return PICTURES.has(/^req=([^,]*)/i.exec(asked ?? 'req=img')?.[1]?.toLowerCase() ?? '')
}
