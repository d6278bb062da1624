import type { ServingAttributes } from '../../../image-serving/catalogue.ts'
import { MissingObjectError } from '../../../image-serving/request-error.ts'
import { EXPIRATION_S, THUMBNAIL } from '../catalogue/attributes.ts'
import type { Catalogues } from '../catalogue/catalogues.ts'
import type { AnswerRequest } from '../serving/served-request.ts'
import { answerProperties } from './properties.ts'

/** Tells whether an asset is there; that it is not is no error (r-exists). */
export function createExistsAnswer(catalogues: Catalogues, now: () => number): AnswerRequest {
  return (request) => {
    const { company, object } = request
    const exists = object !== '' && catalogues.find(company, object) !== undefined
    return answerProperties(request, [['catalogRecord.exists', exists ? '1' : '0']], {
      now: now(),
      keeping: 'no-cache',
    })
  }
}

/** Tells of the file of an asset at `/is/content` (r-props). */
export function createFilePropsAnswer(catalogues: Catalogues, now: () => number): AnswerRequest {
  return (request) => {
    const { company, object } = request
    const asset = catalogues.find(company, object)?.asset
    if (!asset?.original) throw new MissingObjectError(object)
    return answerProperties(
      request,
      [
        // Where the file is on this machine is nobody's business.
        ['path', asset.original.name],
        ['length', String(asset.original.size)],
        ['expiration', String(EXPIRATION_S)],
        ['lastModified', new Date(asset.modified).toISOString()],
        ['userType', asset.type],
      ],
      { now: now(), keeping: 'no-cache' },
    )
  }
}

/** Tells what holds where a request says nothing (r-catalogprops). */
export function createCatalogPropsAnswer(
  { maxPix, defaultPix, ...attributes }: ServingAttributes,
  now: () => number,
): AnswerRequest {
  const [quality = '', fullChroma = '0'] = attributes.jpegQuality.split(',')
  return (request) =>
    answerProperties(
      request,
      [
        ['catalog.bkgColor', attributes.background],
        ['catalog.defaultPix', `${defaultPix.width},${defaultPix.height}`],
        ['catalog.defaultThumbPix', `${THUMBNAIL.width},${THUMBNAIL.height}`],
        ['catalog.expiration', String(EXPIRATION_S)],
        ['catalog.defaultExpiration', String(EXPIRATION_S)],
        ['catalog.nonImgExpiration', String(EXPIRATION_S)],
        ['catalog.jpegQuality', `${quality},${fullChroma}`],
        ['catalog.maxPix', `${maxPix.width},${maxPix.height}`],
        ['catalog.resMode', attributes.resMode],
        ['catalog.thumbBkgColor', attributes.background],
        ['catalog.thumbHorizAlign', 'center'],
        ['catalog.thumbVertAlign', 'center'],
        ['catalog.thumbType', 'fit'],
      ],
      { now: now(), keeping: 'no-cache' },
    )
}
