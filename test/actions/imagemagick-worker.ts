import { copyFile } from 'node:fs/promises'
import { GenericError, worker } from '@adobe/asset-compute-sdk'

/**
 * A worker that hands the source to the post-processing of Adobe's SDK as it is, so that ImageMagick does all the work.
 *
 * BMP is a format that the SDK takes from a worker and never delivers: whatever the request asks for has to be made of
 * it, even when the source has the right format and size already. The copy then is called `.bmp`, but ImageMagick and
 * exiftool go by the first bytes of a file.
 */
export const main = worker(
  async (source, rendition) => {
    if (source === undefined) throw new GenericError('The request has no source.')
    await copyFile(source.path, rendition.path)
    rendition.postProcess = true
  },
  { supportedRenditionFormats: ['bmp'] },
)
