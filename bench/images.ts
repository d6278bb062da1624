import path from 'node:path'
import sharp from 'sharp'
import { judge } from './images/goals.ts'
import { findImageMagick } from './images/imagemagick.ts'
import { measureTask } from './images/measuring.ts'
import { describeResults, type TaskResult } from './images/results.ts'
import { createService } from './images/service.ts'
import { makeTasks } from './images/tasks.ts'
import type { Finding } from './measure.ts'

/** Renditions, side by side: bare sharp, this project's engine, its whole service, and the post-processing of Adobe's SDK. */
export async function measureImages(folder: string): Promise<Finding[]> {
  const imageMagick = await findImageMagick(process.env['PATH'] ?? '')
  const programs = imageMagick.installed
    ? `ImageMagick ${imageMagick.version}, exiftool ${imageMagick.exiftool}`
    : `${imageMagick.missing} is not installed`
  console.log(`sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, ${programs}\n`)
  const tasks = await makeTasks(folder)
  const service = await createService(path.join(folder, 'service'))
  const results: TaskResult[] = []
  try {
    for (const task of tasks) {
      const result = await measureTask({ task, folder, service, imageMagick })
      console.log(`${describeResults(result)}\n`)
      results.push(result)
    }
  } finally {
    await service.end()
  }
  return judge(results)
}
