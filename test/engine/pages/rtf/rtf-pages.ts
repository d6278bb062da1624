import { layOutDocx } from '../../../../src/engine/pages/docx/lay-out-docx.ts'
import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { createPageFonts } from '../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { MAIN, writeRtfAsDocx } from '../../../../src/engine/pages/rtf/write-docx.ts'

const fonts = createPageFonts([])

/** Lays out the bytes of a file. */
export function layOutBytes(file: Buffer): Promise<readonly Page[]> {
  const parts = writeRtfAsDocx([file], 5)
  return layOutDocx(parts, MAIN, { fonts, count: 5, remark: () => undefined })
}

/** Lays out a body on pages of 400 by 300 points with margins of 50, with two fonts and two colours. */
export function layOut(body: string): Promise<readonly Page[]> {
  const head = String.raw`{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}{\f1 Times New Roman;}}{\colortbl;\red255\green0\blue0;\red0\green0\blue255;}\paperw8000\paperh6000\margl1000\margr1000\margt1000\margb1000 `
  return layOutBytes(Buffer.from(`${head}${body}}`, 'latin1'))
}
