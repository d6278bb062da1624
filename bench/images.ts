import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { drawChart } from './images/chart.ts'
import { judge } from './images/goals.ts'
import { findImageMagick } from './images/imagemagick.ts'
import { describeLibraries } from './images/libraries.ts'
import { measureTask } from './images/measuring.ts'
import { writePage } from './images/page.ts'
import type { TaskResult } from './images/results.ts'
import { createService } from './images/service.ts'
import { alignColumns, tabulate } from './images/table.ts'
import { makeTasks } from './images/tasks.ts'
import { describeMachine } from './machine.ts'
import type { Finding } from './measure.ts'

/**
 * Renditions, side by side: bare sharp, this project's engine, its whole service, and the post-processing of Adobe's SDK.
 *
 * @param options.write - whether docs/performance.md and its picture are written anew
 */
export async function measureImages(
  folder: string,
  options: { write: boolean },
): Promise<Finding[]> {
  const imageMagick = await findImageMagick(process.env['PATH'] ?? '')
  const libraries = describeLibraries(imageMagick)
  const tasks = await makeTasks(folder)
  const service = await createService(path.join(folder, 'service'))
  const results: TaskResult[] = []
  try {
    for (const task of tasks) {
      results.push(await measureTask({ task, folder, service, imageMagick }))
    }
  } finally {
    await service.end()
  }
  const findings = judge(results)
  console.log(`${libraries}\n\n${alignColumns(tabulate(results))}\n`)
  if (options.write) {
    const machine = describeMachine()
    await mkdir('docs/images', { recursive: true })
    await writeFile('docs/images/performance.svg', drawChart(results))
    await writeFile('docs/performance.md', writePage({ machine, libraries, results, findings }))
  }
  return findings
}
