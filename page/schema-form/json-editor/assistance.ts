import {
  autocompletion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { linter } from '@codemirror/lint'
import { type EditorView, hoverTooltip } from '@codemirror/view'
import { completeAt, describeAt, type Suggestion } from '../completion.ts'
import type { Language } from '../language.ts'

/** Milliseconds without a keystroke after which it is said what is wrong. */
const LINT_DELAY = 150

/** Puts what makes no difference behind what does. */
const NO_DIFFERENCE = -50

/** Completion, descriptions under the pointer, and underlined problems. */
export function assistanceWith(language: Language) {
  return [
    autocompletion({ override: [(context) => complete(context, language)], icons: false }),
    hoverTooltip((view, position) => {
      const found = describeAt(view.state.doc.toString(), position, language)
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
    }),
    linter(
      ({ state }) =>
        language.problemsOf(state.doc.toString()).map(({ message, offset, length, isRemark }) => ({
          from: Math.min(offset, state.doc.length),
          to: Math.min(offset + length, state.doc.length),
          severity: isRemark ? 'warning' : 'error',
          message,
        })),
      { delay: LINT_DELAY },
    ),
  ]
}

function complete(
  { state, pos, explicit }: CompletionContext,
  language: Language,
): CompletionResult | null {
  // Unasked only while something is being written.
  if (!explicit && state.sliceDoc(pos - 1, pos).trim() === '') return null
  const found = completeAt(state.doc.toString(), pos, language)
  if (found === undefined || found.options.length === 0) return null
  // What has been typed is compared without its quotes; what is applied has quotes of its own.
  const quoted = state.sliceDoc(found.from, found.from + 1) === '"' && found.from < pos ? 1 : 0
  const rest = found.to - pos
  return {
    from: found.from + quoted,
    to: pos,
    options: found.options.map((option) => ({
      label: option.label,
      ...(option.info === '' ? {} : { info: option.info }),
      boost: option.matters ? 0 : NO_DIFFERENCE,
      apply: (view, _completion, from, to) =>
        write(view, option, {
          from: from - quoted,
          to: Math.min(to + rest, view.state.doc.length),
        }),
    })),
  }
}

function write(
  view: EditorView,
  { insert, cursor }: Suggestion,
  { from, to }: { from: number; to: number },
): void {
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + cursor },
    userEvent: 'input.complete',
  })
}
