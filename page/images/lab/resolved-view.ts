import { html, nothing, type TemplateResult } from 'lit'
import { findDefaultMacro } from '../../../src/image-serving/default-macros.ts'
import type { CommandLine } from './command-lines.ts'
import { labWords as words } from './lab-words.ts'
import type { NamedPreset } from './query-completion.ts'
import type { Resolved } from './resolved.ts'

/** What the service makes of a request: what counts, in its order, what changes nothing, and what presets stand for. */
export function resolvedView(
  resolved: Resolved | undefined,
  lines: readonly CommandLine[],
  presets: readonly NamedPreset[],
  late: boolean,
): TemplateResult {
  const macros = lines.flatMap(({ kind, name }) => {
    const preset = presets.find((each) => each.name.toLowerCase() === name.toLowerCase())
    const commands = preset?.commands ?? findDefaultMacro(name)
    return kind === 'macro' && commands !== undefined ? [{ name, commands }] : []
  })
  return html`<section class="lab-resolved" aria-labelledby="lab-resolved">
    <h2 id="lab-resolved">${words.resolved}</h2>
    ${resolved === undefined ? html`<p class="lab-none">${late ? words.resolving : words.unresolved}</p>` : commandsView(resolved)}
    ${
      macros.length === 0
        ? nothing
        : html`<h3>${words.expansions}</h3>
            <dl>
              ${macros.map(
                ({ name, commands }) =>
                  html`<div><dt>$${name}$</dt><dd><code>${commands}</code></dd></div>`,
              )}
            </dl>`
    }
  </section>`
}

function commandsView({ commands, ignored }: Resolved): TemplateResult {
  return html`<p class="lab-about">${words.resolvedAbout}</p>
    ${
      commands.length === 0
        ? html`<p class="lab-none">${words.resolvedNone}</p>`
        : html`<ol class="lab-order">
            ${commands.map((command) => html`<li><code>${command}</code></li>`)}
          </ol>`
    }
    ${
      ignored.length === 0
        ? nothing
        : html`<h3>${words.ignoredTitle}</h3>
            <ul>
              ${ignored.map(({ name, why }) => html`<li><code>${name}</code>: ${why}</li>`)}
            </ul>`
    }`
}
