import { eachLine } from './each-line.ts'
import type { Block, Inline } from './rich-text.ts'

/** Has links stand for pictures on the web, which a document that holds its own pictures does not show. */
export function linkPictures(blocks: readonly Block[]): readonly Block[] {
  return eachLine(blocks, (content) =>
    content.map((each): Inline => {
      if (each.kind !== 'picture' || !/^https?:/i.test(each.src)) return each
      const { src, alt, link = src } = each
      return { kind: 'text', text: alt === '' ? src : alt, marks: [], link }
    }),
  )
}

/** Has their words stand for pictures that are within the text, for who searches it or has it read. */
export function nameHeldPictures(blocks: readonly Block[]): readonly Block[] {
  return eachLine(blocks, (content) =>
    content.map((each): Inline => {
      if (each.kind !== 'picture' || !each.src.startsWith('data:')) return each
      return { kind: 'text', text: each.alt, marks: [], link: each.link }
    }),
  )
}
