import type { ShownAs } from '../../src/doors/page/work/work-shapes.ts'
import type { ShownPicture } from '../elements/shown-picture.ts'

/** What there is of a file: itself, what a browser shows of it, that as a small picture, and the list of what is in it. */
export type FileForm = 'file' | 'picture' | 'thumbnail' | 'entries'

/** A file that can be looked at, whatever door it is of: a source, a rendition, a file of a task, one of a test case. */
export interface ShownFile {
  readonly name: string
  readonly shownAs: ShownAs
  /** In bytes, where it is known. */
  readonly size?: number | undefined
  /** Where a form of it is. */
  readonly at: (form: FileForm) => string
}

/** The letters that stand for a file of which there is no picture: its extension. */
export function lettersOf(name: string): string {
  return (/\.(\w{1,5})$/.exec(name)?.[1] ?? '').toUpperCase()
}

/** A file as a picture that can be zoomed and compared; only of what is shown as one. */
export function pictureOf({ name, at }: Pick<ShownFile, 'name' | 'at'>): ShownPicture {
  return { src: at('picture'), name }
}

/** The pictures among files. */
export function picturesOf(files: readonly ShownFile[]): readonly ShownPicture[] {
  return files.filter(({ shownAs }) => shownAs === 'picture').map(pictureOf)
}
