import type { PixelType } from '../../../image-serving/colour.ts'
import { COMMANDS } from '../../../image-serving/commands/commands.ts'
import { valueOf } from '../../../image-serving/commands/value-of.ts'
import { composeFile } from '../../../image-serving/compose-kind.ts'
import { MissingObjectError } from '../../../image-serving/request-error.ts'
import { type Catalogues, objectOf } from '../catalogue/catalogues.ts'
import type { FindFile } from '../serving/asset-files.ts'
import type { Pictures } from '../serving/pictures.ts'
import type { AnswerRequest } from '../serving/served-request.ts'
import type { PlanRequest } from './picture-answer.ts'
import { answerProperties } from './properties.ts'

const PIXEL_TYPES: Readonly<Record<PixelType, string>> = { rgb: 'RGB', gray: 'BW', cmyk: 'CMYK' }

/** Tells of the picture that a request without `req` would answer, without making it (r-props). */
export function createPropsAnswer(
  pictures: Pictures,
  plan: PlanRequest,
  now: () => number,
): AnswerRequest {
  return async (request) => {
    const { image, view } = plan(request)
    const { settings, encoding, composition, embedXmp } = image
    const measured = await pictures.measure(view.job, request.signal)
    const { red, green, blue } = composition.view.background
    const hex = [red, green, blue].map((each) => each.toString(16).padStart(2, '0')).join('')
    return answerProperties(
      request,
      [
        ['image.bgc', hex],
        ['image.height', String(measured.view.height)],
        ['image.iccEmbed', flag(encoding.embedProfile)],
        ['image.iccProfile', encoding.profile?.name ?? ''],
        ['image.length', String(await pictures.lengthOf(view))],
        ['image.mask', flag(composition.view.transparent)],
        ['image.pathEmbed', flag(valueOf(settings, COMMANDS.pathEmbed) ?? false)],
        ['image.pixTyp', PIXEL_TYPES[encoding.pixelType]],
        ['image.printRes', String(encoding.resolution ?? 0)],
        ['image.quality', String(encoding.quality)],
        ['image.type', view.mediaType],
        ['image.version', view.key],
        ['image.width', String(measured.view.width)],
        ['image.xmpEmbed', flag(embedXmp)],
      ],
      { now: now(), keeping: request.catalogue.attributes.expirations.others },
    )
  }
}

/** Tells of the file of an asset, whatever else the request says (r-imageprops). */
export function createImagePropsAnswer(
  pictures: Pictures,
  options: {
    readonly catalogues: Catalogues
    readonly findPicture: FindFile
    readonly now: () => number
  },
): AnswerRequest {
  const { catalogues, findPicture, now } = options
  return async (request) => {
    const { company, object, signal } = request
    const found = catalogues.find(company, object)
    if (!found) throw new MissingObjectError(object)
    const { asset } = found
    const { source } = findPicture(company, object)
    const composition = composeFile(object)
    const job = { composition, encoding: undefined, files: { [object]: source } }
    const { width, height } = (await pictures.measure(job, signal)).composite
    return answerProperties(
      request,
      [
        ['image.anchor', `${Math.floor(width / 2)},${Math.floor(height / 2)}`],
        ['image.height', String(height)],
        ['image.modifier', asset.modifier ?? ''],
        ['image.postModifier', asset.postModifier ?? ''],
        ['image.resolution', String(asset.resolution ?? 0)],
        ['image.timeStamp', new Date(asset.modified).toISOString()],
        ['image.translatedId', objectOf(found)],
        ['image.width', String(width)],
      ],
      { now: now(), keeping: request.catalogue.attributes.expirations.others },
    )
  }
}

function flag(value: boolean): string {
  return value ? '1' : '0'
}
