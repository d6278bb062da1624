import { html, nothing, type TemplateResult } from 'lit'
import '../../elements/zoom-picture.ts'
import type { CommandLine } from './command-lines.ts'
import { labWords as words } from './lab-words.ts'
import type { Picture, Shot } from './shot.ts'

/** What is shown of a request, and of another one that it is compared with. */
interface ShownShots {
  readonly shot: Shot | undefined
  readonly other: Shot | undefined
  readonly late: boolean
  /** What the two are called where they lie on each other. */
  readonly names: { readonly now: string; readonly other: string }
  /** The line that the service means when it refuses the request. */
  readonly fault: CommandLine | undefined
}

/** The picture of a request with what there is to tell of it; with another, both compared. */
export function shotView(shown: ShownShots): TemplateResult {
  const { shot, other, late, names } = shown
  const picture = shot && 'picture' in shot ? shot.picture : undefined
  const compared = other && 'picture' in other ? other.picture : undefined
  return html`<div
      class="lab-picture ${late ? 'late' : ''}"
      aria-busy=${late}
    >
      ${picture === undefined ? nothing : zoomView(picture, compared, names)}
      ${shot && 'text' in shot ? html`<pre tabindex="0">${shot.text}</pre>` : nothing}
      ${shot && 'problem' in shot ? refusal(shot.problem, shown.fault) : nothing}
      ${other && 'problem' in other ? refusal(other.problem, undefined, names.other) : nothing}
      ${shot === undefined ? html`<p class="lab-none">${words.late}</p>` : nothing}
    </div>
    ${picture === undefined ? nothing : factsView(picture, compared, names)}`
}

const named = (of: Picture, name: string) => ({ src: of.src, name, size: of })

function zoomView(
  picture: Picture,
  compared: Picture | undefined,
  { now, other }: ShownShots['names'],
): TemplateResult {
  return html`<zoom-picture
    .steady=${true}
    .picture=${named(picture, now)}
    .other=${compared && named(compared, other)}
  ></zoom-picture>`
}

function refusal(problem: string, fault: CommandLine | undefined, name?: string): TemplateResult {
  return html`<div class="lab-refusal" role="alert">
    <h3>${name === undefined ? words.refusedTitle : `${name}: ${words.refusedTitle}`}</h3>
    <p>${problem}</p>
    ${
      fault === undefined
        ? nothing
        : html`<p class="lab-about">${words.atLine(fault.index + 1)}: <code>${fault.text}</code></p>`
    }
  </div>`
}

function factsView(
  picture: Picture,
  other: Picture | undefined,
  names: ShownShots['names'],
): TemplateResult {
  const row = (name: string, of: Picture): TemplateResult =>
    html`<tr>
      ${other === undefined ? nothing : html`<th scope="row">${name}</th>`}
      ${words.facts(of).map((fact) => html`<td>${fact}</td>`)}
    </tr>`
  return html`<table class="lab-facts">
      <thead>
        <tr>
          ${other === undefined ? nothing : html`<td></td>`}
          ${words.factNames.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${row(names.now, picture)}${other === undefined ? nothing : row(names.other, other)}
      </tbody>
    </table>
    ${picture.isSubstitute ? html`<p class="lab-remark">${words.substitute(picture.mediaType)}</p>` : nothing}`
}
