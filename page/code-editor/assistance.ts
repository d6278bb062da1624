import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionSource,
} from '@codemirror/autocomplete'
import { type EditorView, hoverTooltip } from '@codemirror/view'

/** What is known of a place in a text. */
export interface Described {
  readonly from: number
  readonly to: number
  readonly info: string
}

/** Where something is to be written, and where the cursor is then, or what is chosen. */
interface Written {
  readonly from: number
  readonly to: number
  readonly insert: string
  readonly selection: { readonly anchor: number; readonly head?: number }
}

/**
 * Completes what is being written.
 *
 * @param find - what can be written at a place of a text, and from where on what is there already counts; undefined for nothing
 */
export function completing(
  find: (
    text: string,
    position: number,
  ) => { readonly from: number; readonly options: readonly Completion[] } | undefined,
) {
  const source: CompletionSource = ({ state, pos, explicit }: CompletionContext) => {
    // Unasked only while something is being written.
    if (!explicit && state.sliceDoc(pos - 1, pos).trim() === '') return null
    const found = find(state.doc.toString(), pos)
    return found === undefined || found.options.length === 0
      ? null
      : { from: found.from, to: pos, options: found.options }
  }
  return autocompletion({ override: [source], icons: false })
}

/** Writes what was chosen of what could be written. */
export function writeCompletion(view: EditorView, { from, to, insert, selection }: Written): void {
  view.dispatch({
    changes: { from, to: Math.min(to, view.state.doc.length), insert },
    selection,
    userEvent: 'input.complete',
  })
}

/**
 * Says what is under the pointer.
 *
 * @param find - what is known of a place of a text; undefined for nothing
 */
export function describing(find: (text: string, position: number) => Described | undefined) {
  return hoverTooltip((view, position) => {
    const found = find(view.state.doc.toString(), position)
    if (found === undefined) return null
    return {
      pos: found.from,
      end: found.to,
      above: true,
      create: () => {
        const dom = document.createElement('div')
        dom.textContent = found.info
        return { dom }
      },
    }
  })
}
