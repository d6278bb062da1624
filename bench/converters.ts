import { measureArchives } from './converters/archives.ts'
import { measureCapture } from './converters/capture.ts'
import { measureOffice } from './converters/office.ts'
import { measurePdfs } from './converters/pdfs.ts'
import { measureVideo } from './converters/video.ts'
import type { Finding } from './measure.ts'

/** The converters, each beside the program that people would else call for the same. */
export async function measureConverters(folder: string): Promise<Finding[]> {
  return [
    ...(await measureVideo(folder)),
    ...(await measureCapture(folder)),
    ...(await measureOffice(folder)),
    ...(await measurePdfs(folder)),
    ...(await measureArchives(folder)),
  ]
}
