import { type Config, type CustomPlugin, optimize, type XastElement } from 'svgo'

/**
 * What svgo would change: spaces in HTML, shapes that a script may look for, and those whose attributes an animation
 * names, which other shapes do not have.
 */
const NOT_TO_BE_TOUCHED = /<(?:\w+:)?(?:foreignObject|script|set|animate\w*)\b/

/** Rules of a style may go by the kinds of elements, their order and their classes. */
const STYLED = /<(?:\w+:)?style\b/

/** Symbols and ids that nothing in the drawing uses are what pages of the web take out of it. */
const KEPT_FOR_OTHERS = { cleanupIds: false, removeHiddenElems: false } as const

const KEPT_FOR_STYLES = {
  inlineStyles: false,
  minifyStyles: false,
  mergeStyles: false,
  convertShapeToPath: false,
  convertEllipseToCircle: false,
  mergePaths: false,
  collapseGroups: false,
  moveElemsAttrsToGroup: false,
  moveGroupAttrsToElems: false,
  removeEmptyContainers: false,
} as const

/**
 * Makes a drawing smaller that looks the same wherever it is used. Metadata, which say whose it is, stay unless they are to
 * go, and so does its title then.
 *
 * @param strip - whether it may say nothing but what shows it
 * @returns the drawing as it is where nothing can be left out
 * @throws whatever svgo says of what is no drawing
 */
export function makeDrawingSmaller(drawing: string, strip: boolean): string {
  const kept: Kept[] = []
  const overrides = { ...KEPT_FOR_OTHERS, ...(STYLED.test(drawing) && KEPT_FOR_STYLES) }
  const preset = { name: 'preset-default', params: { overrides } } as const
  const bare = [preset, { name: 'removeDesc', params: { removeAny: true } }, 'removeTitle'] as const
  const plugins: Config['plugins'] = strip
    ? [...bare, { name: 'removeComments', params: { preservePatterns: false } }]
    : [takeMetadata(kept), preset, putMetadata(kept)]
  const { data } = optimize(drawing, { multipass: true, plugins })
  return NOT_TO_BE_TOUCHED.test(drawing) || data.length >= drawing.length ? drawing : data
}

/** Metadata, and the names that are declared around them. */
interface Kept {
  readonly element: XastElement
  readonly names: Readonly<Record<string, string>>
}

/** Takes the metadata out before others clean them. */
function takeMetadata(kept: Kept[]): CustomPlugin {
  return {
    name: 'takeMetadata',
    fn: () => ({
      element: {
        enter(element, parent) {
          if (element.name !== 'metadata' || parent.type !== 'element') return
          const declared = Object.entries(parent.attributes)
          const names = declared.filter(([name]) => name.startsWith('xmlns:'))
          kept.push({ element, names: Object.fromEntries(names) })
          parent.children = parent.children.filter((child) => child !== element)
        },
      },
    }),
  }
}

/** Puts the metadata into the drawing again, with the names that they use. */
function putMetadata(kept: Kept[]): CustomPlugin {
  return {
    name: 'putMetadata',
    fn: () => ({
      element: {
        enter(root, parent) {
          if (parent.type !== 'root') return
          for (const { element, names } of kept.splice(0)) {
            const used = Object.entries(names).filter(([name]) => isUsed(element, name.slice(6)))
            Object.assign(element.attributes, Object.fromEntries(used), element.attributes)
            root.children.unshift(element)
          }
        },
      },
    }),
  }
}

/** Whether a prefix is that of an element or an attribute. */
function isUsed({ name, attributes, children }: XastElement, prefix: string): boolean {
  const starts = (each: string): boolean => each.startsWith(`${prefix}:`)
  if (starts(name) || Object.keys(attributes).some(starts)) return true
  return children.some((child) => child.type === 'element' && isUsed(child, prefix))
}
