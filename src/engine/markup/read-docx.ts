import mammoth from 'mammoth'
import { corruptSource } from '../../base/operation-error.ts'
import { findPackagePart } from '../../packages/opc.ts'
import { withPackage } from '../../packages/package.ts'
import { cleanText } from './line-builder.ts'
import { readHtml } from './read-html.ts'
import type { About, RichText } from './rich-text.ts'

/** What styles mean that the library does not know, ours and those of Pandoc and LibreOffice among them. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p > em",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Block Text'] => blockquote > p:fresh",
  "p[style-name='Quotations'] => blockquote > p:fresh",
  "p[style-name='Source Code'] => pre:separator('\\n')",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Preformatted Text'] => pre:separator('\\n')",
  "r[style-name='Source Code Char'] => code",
  "r[style-name='Verbatim Char'] => code",
  "r[style-name='HTML Code'] => code",
  'u => u',
]

/**
 * Reads a Word document: its headings, lists, tables, footnotes and pictures. Nothing outside of it is read.
 *
 * @throws {@link OperationError} when it is damaged
 */
export async function readDocx(bytes: Buffer): Promise<RichText> {
  const { value } = await mammoth
    .convertToHtml({ buffer: bytes }, { externalFileAccess: false, styleMap: STYLES })
    .catch((error: unknown) => {
      throw corruptSource('DOCX', { cause: error })
    })
  return { ...(await readHtml([value], { language: 'HTML' })), ...(await readAbout(bytes)) }
}

/** ISO 29500-2, 11.1. */
async function readAbout(bytes: Buffer): Promise<About> {
  const found = new Map<string, string>()
  let inside = ''
  await withPackage(bytes, async (parts) => {
    const core = await findPackagePart(parts, 'core-properties')
    if (core === undefined || !parts.has(core)) return
    await parts.parse(core, {
      open(name) {
        inside = name
      },
      close() {
        inside = ''
      },
      text: (text) => void found.set(inside, (found.get(inside) ?? '') + cleanText(text)),
    })
  })
  const read = (name: string): string | undefined => found.get(name)?.trim() || undefined
  return { title: read('title'), author: read('creator'), language: read('language') }
}
