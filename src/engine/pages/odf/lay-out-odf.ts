import { openOdf } from '../../../packages/odf-encryption.ts'
import type { Package } from '../../../packages/package.ts'
import { layOutDocx } from '../docx/lay-out-docx.ts'
import type { DocumentTools, PagesOfParts } from '../page-tools.ts'
import { layOutOds } from '../sheets/ods/lay-out-ods.ts'
import { layOutPptx } from '../slides/lay-out-pptx.ts'
import type { DrawnOdf } from './drawn-odf.ts'
import { MAIN as PRESENTATION, writeOdpAsPptx } from './odp/write-pptx.ts'
import { MAIN as DOCUMENT, writeOdtAsDocx } from './odt/write-docx.ts'

/**
 * Lays out the pages of an OpenDocument file, as what it says in the words of Office Open XML.
 *
 * @throws {@link OperationError} when it is damaged, or encrypted and `password` does not open it
 */
export async function layOutOdf(
  source: Package,
  kind: DrawnOdf,
  password: string | undefined,
  tools: DocumentTools,
): Promise<PagesOfParts> {
  const opened = await openOdf(source, kind.toUpperCase(), password)
  if (kind === 'ods') return layOutOds(opened, tools)
  if (kind === 'odp') {
    const parts = await writeOdpAsPptx(opened, tools.count)
    return { pages: await layOutPptx(parts, PRESENTATION, tools), parts }
  }
  const parts = await writeOdtAsDocx(opened, tools.count)
  return { pages: await layOutDocx(parts, DOCUMENT, tools), parts }
}
