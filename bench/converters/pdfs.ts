import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createMerge } from '../../src/engine/merge/merge.ts'
import { createPdfTools } from '../../src/engine/pdf-tools/pdf-tools.ts'
import { compare, takeTurns, timeProgram } from '../beside.ts'
import { drawBook } from '../documents/pdf.ts'
import { type Finding, time } from '../measure.ts'
import { drawPhoto, drawScan } from './pictured-pdfs.ts'
import { runOperation, urlOf } from './run-operation.ts'

const ROUNDS = 5
const MERGED = 100

/** Merging beside qpdf, and what the profile `web` makes of PDFs beside Ghostscript's for e-books. */
export async function measurePdfs(folder: string): Promise<Finding[]> {
  return [await measureMerge(folder), ...(await measureSizes(folder))]
}

async function measureMerge(folder: string): Promise<Finding> {
  const paths = Array.from({ length: MERGED }, (_, index) => path.join(folder, `part${index}.pdf`))
  for (const part of paths) await writeFile(part, await drawBook(3))
  const files = paths.map((part) => ({ url: urlOf(part) }))
  const merge = createMerge()
  const beside = await takeTurns(
    ROUNDS,
    () => time(() => runOperation(merge, { files }, { folder })),
    () => timeProgram('qpdf', ['--empty', '--pages', ...paths, '--', path.join(folder, 'all.pdf')]),
  )
  const what = `${MERGED} PDFs of three pages made one, warm`
  return compare({ what, ...beside, program: 'qpdf', limit: 2, goal: 'within 2 ×' })
}

const KINDS = {
  'a scan': drawScan,
  'a text': () => drawBook(30),
  'a photo': drawPhoto,
} as const

async function measureSizes(folder: string): Promise<Finding[]> {
  const findings: Finding[] = []
  const tools = createPdfTools()
  for (const [kind, draw] of Object.entries(KINDS)) {
    const source = path.join(folder, 'source.pdf')
    const made = path.join(folder, 'ebook.pdf')
    await writeFile(source, await draw())
    const mine = await runOperation(
      tools,
      { optimize: { profile: 'web' } },
      { sources: [source], folder },
    )
    const settings = ['-dPDFSETTINGS=/ebook', '-dBATCH', '-dNOPAUSE', '-q', '-sDEVICE=pdfwrite']
    const took = await timeProgram('gs', [...settings, `-sOutputFile=${made}`, source])
    findings.push(
      compare({
        what: `a PDF of ${kind} optimised for screens`,
        mine,
        theirs: took === undefined ? undefined : (await stat(made)).size,
        program: 'gs /ebook',
        limit: 1,
        goal: 'smaller',
        show: (bytes) => `${Math.round(bytes / 1000)} kB`,
      }),
    )
  }
  return findings
}
