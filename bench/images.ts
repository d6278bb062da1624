import path from 'node:path'
import sharp from 'sharp'
import { judge } from './images/goals.ts'
import { findImageMagick } from './images/imagemagick.ts'
import { measureTask } from './images/measuring.ts'
import { describeResults } from './images/results.ts'
import { createService } from './images/service.ts'
import { makeTask, type Task } from './images/tasks.ts'
import type { Finding } from './measure.ts'

/** Renditions of one task, side by side: bare sharp, this project's engine, its whole service, and the post-processing of Adobe's SDK. */
export async function measureImages(name: Task['name'], folder: string): Promise<Finding[]> {
  const imageMagick = await findImageMagick(process.env['PATH'] ?? '')
  const programs = imageMagick.installed
    ? `ImageMagick ${imageMagick.version}, exiftool ${imageMagick.exiftool}`
    : `${imageMagick.missing} is not installed`
  console.log(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, ${programs}\n`)
  const task = await makeTask(name, folder)
  const service = await createService(path.join(folder, 'service'))
  try {
    const result = await measureTask({ task, folder, service, imageMagick })
    console.log(`${describeResults(result)}\n`)
    return judge(result)
  } finally {
    await service.end()
  }
}
