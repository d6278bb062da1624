import { attributeOf, childOf, childrenOf, type Element } from '../element.ts'
import { relationships } from '../written-package.ts'
import { textOf } from './read-tree.ts'

/** Pictures within a file of XML that are kept, those of all parts together. */
const MOST_PICTURES = 300

/** More links than the pictures of a part are. */
const MOST_LINKS = 5000

/** What a part of a written document refers to. */
export interface PartLinks {
  /** The id of the link to a part. */
  readonly add: (type: string, target: string) => string | undefined
  /** The id of the link to the picture that an element such as `image` is of; undefined where it is nowhere in the document. */
  readonly addPicture: (image: Element | undefined) => string | undefined
  readonly write: () => Element
}

/** Formats of pictures that only offices draw. */
const METAFILE = /\.(?:emf|emz|wmf|wmz|svm|pict)$/i

/**
 * Makes what links of a part are gathered in.
 *
 * @param files - takes pictures that stand in the document itself
 */
export function createPartLinks(files: Map<string, Buffer>): PartLinks {
  const ids = new Map<string, string>()
  const links = new Map<string, { readonly type: string; readonly target: string }>()

  function add(type: string, target: string): string | undefined {
    const known = ids.get(target)
    if (known !== undefined || links.size >= MOST_LINKS) return known
    const id = `r${links.size + 1}`
    ids.set(target, id)
    links.set(id, { type, target })
    return id
  }

  return {
    add,
    addPicture(image) {
      if (image === undefined) return undefined
      const data = childOf(image, 'binary-data')
      const target = data === undefined ? hrefOf(image) : keep(data, files)
      return target === undefined ? undefined : add('image', target)
    },
    write: () => relationships(links),
  }
}

function keep(data: Element, files: Map<string, Buffer>): string | undefined {
  if (files.size >= MOST_PICTURES) return undefined
  const name = `written/picture${files.size + 1}`
  files.set(name, Buffer.from(textOf(data), 'base64'))
  return name
}

/** The part that an element refers to; undefined for what is elsewhere. */
export function hrefOf(element: Element): string | undefined {
  const href = attributeOf(element, 'href')?.replace(/^\.\//, '')
  if (href === undefined || href === '' || /^(?:[a-z]+:|\/|\.\.|#)/i.test(href)) return undefined
  return href
}

/** The picture of a frame that is best to be shown: it may have the same in several formats. */
export function imageOf(frame: Element): Element | undefined {
  const images = childrenOf(frame, 'image')
  return images.find(isShown) ?? images[0]
}

function isShown(image: Element): boolean {
  return childOf(image, 'binary-data') !== undefined || !METAFILE.test(hrefOf(image) ?? '.wmf')
}
