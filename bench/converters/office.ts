import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createOffice } from '../../src/engine/office/office.ts'
import { findPrograms } from '../../src/programs/programs.ts'
import { compare, takeTurns, timeProgram } from '../beside.ts'
import { type Finding, time } from '../measure.ts'
import { runOperation } from './run-operation.ts'

const ROUNDS = 5
const PARAGRAPHS = 400

/** A document of some pages as a PDF, beside LibreOffice by itself, which has its profile already. */
export async function measureOffice(folder: string): Promise<Finding[]> {
  const { soffice = '', bwrap = '' } = findPrograms(process.env)
  const source = path.join(folder, 'source.rtf')
  const text = 'Boats come in at dusk, and the lamps along the quay are lit one by one.\\par\n'
  await writeFile(source, `{\\rtf1\\ansi ${text.repeat(PARAGRAPHS)}}`)
  const office = createOffice({ programs: { soffice, bwrap } })
  const profile = `-env:UserInstallation=${pathToFileURL(path.join(folder, 'profile')).href}`
  const bare = [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, source]
  const program = 'soffice'
  const what = 'an RTF file of ten pages to PDF, warm'
  const goal = 'within 1.2 ×'
  if (soffice === '') {
    const baseline = `${program} is not installed`
    return [{ what, measured: 'nothing', baseline, distance: 'unknown', goal, reached: undefined }]
  }
  const beside = await takeTurns(
    ROUNDS,
    () => time(() => runOperation(office, { format: 'pdf' }, { sources: [source], folder })),
    () => timeProgram(soffice, bare),
  )
  return [compare({ what, ...beside, program, limit: 1.2, goal })]
}
