import { html, nothing, type TemplateResult } from 'lit'
import { strings } from '../strings.ts'
import type { Language } from './language.ts'
import { placeOf, type TextProblem } from './syntax.ts'

const words = strings.composition

/** A text as JSON, in an editor that is only loaded when it is first seen, and what is wrong with it. */
export function jsonView({
  text,
  language,
  problems,
  onChange,
}: {
  readonly text: string
  readonly language: Language
  /** What is told of below the editor. */
  readonly problems: readonly TextProblem[]
  readonly onChange: (text: string) => void
}): TemplateResult {
  void loadEditor()
  return html`<json-editor
      .text=${text}
      .language=${language}
      .textContent=${words.loading}
      @edit=${({ detail }: CustomEvent<string>) => onChange(detail)}
    ></json-editor>
    ${problemsView(text, problems)}`
}

function problemsView(
  text: string,
  problems: readonly TextProblem[],
): TemplateResult | typeof nothing {
  if (problems.length === 0) return nothing
  return html`<ul class="problems" aria-label=${words.problems}>
    ${problems.map((problem) => {
      const { line, column } = placeOf(text, problem.offset)
      return html`<li class=${problem.isRemark ? 'remark' : nothing}>
        <button type="button" @click=${(event: Event) => goTo(event, problem)}>
          ${words.problemAt(line, column, problem.message)}
        </button>
      </li>`
    })}
  </ul>`
}

function goTo({ currentTarget }: Event, { offset, length }: TextProblem): void {
  if (!(currentTarget instanceof Element) || !customElements.get('json-editor')) return
  currentTarget.closest('.composition')?.querySelector('json-editor')?.select(offset, length)
}

async function loadEditor(): Promise<void> {
  try {
    await import('./json-editor/json-editor.ts')
  } catch {
    // It shows what it has inside until it is defined.
    for (const editor of document.querySelectorAll('json-editor')) {
      editor.textContent = words.notLoaded
    }
  }
}
