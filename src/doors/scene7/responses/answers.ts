import type { Log } from '../../../base/log.ts'
import { readImageRequest } from '../../../image-serving/image-request.ts'
import { RequestError } from '../../../image-serving/request-error.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import { createFindPicture } from '../serving/asset-files.ts'
import { createAssetSizes } from '../serving/asset-sizes.ts'
import type { KeptPosters } from '../serving/kept-posters.ts'
import type { Pictures } from '../serving/pictures.ts'
import { planView } from '../serving/plan-view.ts'
import type { AnswerRequest } from '../serving/served-request.ts'
import {
  createCatalogPropsAnswer,
  createExistsAnswer,
  createFilePropsAnswer,
} from './catalogue-answers.ts'
import { createImagePropsAnswer, createPropsAnswer } from './image-properties.ts'
import { answerMap, answerTargets } from './map-answers.ts'
import { createLoadCacheAnswer, createPictureAnswer, type PlanRequest } from './picture-answer.ts'
import { answerResolve, createMessageAnswer, createValidateAnswer } from './request-answers.ts'
import { createImageSetAnswer, createSetAnswer } from './set-answer.ts'
import { createUserDataAnswer } from './user-data-answer.ts'
import { createXmpAnswer, type ReadXmp } from './xmp-answer.ts'

/** What may be asked for by `req`, and who answers it. */
export interface Answers {
  readonly ofImages: ReadonlyMap<string, AnswerRequest>
  readonly ofContent: ReadonlyMap<string, AnswerRequest>
}

/** What Adobe's server answers and this one does not, and why. */
const REFUSED_KINDS: Readonly<Record<string, string>> = {
  mbrset: 'videos are not streamed here; a video is at /is/content',
  savetofile: 'nobody may have files written on this machine by a URL',
  xlate: 'assets have no translations here',
}

/**
 * @param options.readXmp - reads the XMP of a file
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function createAnswers({
  catalogues,
  pictures,
  posters,
  readXmp,
  log,
  now,
}: {
  readonly catalogues: Catalogues
  readonly pictures: Pictures
  readonly posters: KeptPosters
  readonly readXmp: ReadXmp
  readonly log: Log
  readonly now: () => number
}): Answers {
  const findPicture = createFindPicture(catalogues, posters)
  const plan: PlanRequest = ({ object, query, catalogue, company, kind }) => {
    const image = readImageRequest({ object, query }, catalogue)
    for (const { name, why } of image.ignored) log.debug(`${object}: ${name} is ignored: ${why}`)
    const view = planView(
      image,
      { kind, thumbnail: catalogue.attributes.defaultThumbPix },
      (each) => findPicture(company, each),
    )
    return { image, view }
  }
  const picture = createPictureAnswer(pictures, plan)
  const exists = createExistsAnswer(catalogues, now)
  const userData = createUserDataAnswer(catalogues)
  const refused = Object.entries(REFUSED_KINDS).map(([kind, why]): [string, AnswerRequest] => [
    kind,
    () => {
      throw new RequestError(`req=${kind} cannot be answered: ${why}.`, 'req')
    },
  ])

  return {
    ofImages: new Map<string, AnswerRequest>([
      ['img', picture],
      ['tmb', picture],
      ['mask', picture],
      ['loadcache', createLoadCacheAnswer(pictures, plan)],
      ['props', createPropsAnswer(pictures, plan, now)],
      ['imageprops', createImagePropsAnswer(pictures, { catalogues, findPicture, now })],
      ['catalogprops', createCatalogPropsAnswer(now)],
      ['exists', exists],
      ['xmp', createXmpAnswer(catalogues, readXmp)],
      ['set', createSetAnswer({ catalogues, sizes: createAssetSizes(pictures, findPicture) })],
      ['imageset', createImageSetAnswer(catalogues)],
      ['userdata', userData],
      ['map', answerMap],
      ['targets', answerTargets],
      ['validate', createValidateAnswer(now)],
      ['resolve', answerResolve],
      ['message', createMessageAnswer(log)],
      ...refused,
    ]),
    ofContent: new Map<string, AnswerRequest>([
      ['props', createFilePropsAnswer(catalogues, now)],
      ['exists', exists],
      ['userdata', userData],
    ]),
  }
}
