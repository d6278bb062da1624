import { readImageRequest } from '../../../image-serving/image-request.ts'
import { RequestError } from '../../../image-serving/request-error.ts'
import type { AnswerRequest, ServedRequest } from '../serving/served-request.ts'
import { answerText, readFormat, writeCall } from './properties.ts'

const XML = '<?xml version="1.0" encoding="UTF-8" ?>\n'

/** What is written of data that an asset has none of, by the format that is asked for. */
interface NoData {
  readonly text: string
  readonly xml: string
}

/** The zoom targets of an asset: none has any here, which is no error, nor is that there is no asset (r-targets). */
export const answerTargets: AnswerRequest = (request) =>
  answerNothing(request, { text: '\r\n', xml: '<targets />' })

/**
 * The image map of a picture: no asset has one here, which is no error (r-map-req).
 *
 * @throws {@link RequestError} when the request brings areas of its own, since they would have to be scaled with the picture
 */
export const answerMap: AnswerRequest = (request) => {
  const { object, query, catalogue } = request
  const { ignored } = readImageRequest({ object, query }, catalogue)
  if (ignored.some(({ name }) => name.toLowerCase() === 'map')) {
    throw new RequestError(
      'req=map cannot be answered with map=: areas of a request are not scaled here.',
      'map',
    )
  }
  return answerNothing(request, { text: '', xml: '<AREA />' })
}

function answerNothing(request: ServedRequest, { text, xml }: NoData): Response {
  const format = readFormat(request, ['text', 'xml', 'json'])
  const keeping = request.catalogue.attributes.expirations.others
  if (format === 'json') return answerText(writeCall(request, {}), format, keeping)
  return answerText(format === 'xml' ? `${XML}${xml}\n` : text, format, keeping)
}
