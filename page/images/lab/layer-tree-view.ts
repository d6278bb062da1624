import { html, nothing, type TemplateResult } from 'lit'
import { buttonIcon } from '../../elements/icon.ts'
import { chooseCommand } from './choose-command.ts'
import { readLines } from './command-lines.ts'
import { commandRow } from './command-row.ts'
import type { EditedCommands } from './edited-commands.ts'
import { labWords as words } from './lab-words.ts'
import { type EffectBranch, type LayerBranch, treeOf } from './layer-tree.ts'
import { addCommand, addLayer, addShadow, removePlace } from './line-edits.ts'
import type { Place } from './line-places.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

/** The commands of a request as a tree: of the picture, of all layers together, and of each from the top. */
export function layerTreeView(panel: EditedCommands): TemplateResult {
  const { request, loose, all, layers } = treeOf(readLines(panel.lines))
  const isLayered = layers.length > 1
  return html`<div class="lab-tree">
    ${group({
      panel,
      title: words.picture,
      about: words.pictureAbout,
      place: { of: 'request' },
      rows: html`${request.map((line) => commandRow(line, panel))}`,
      isEmpty: request.length === 0,
    })}
    ${
      loose.length === 0
        ? nothing
        : html`<section>
            <h3>${words.loose}</h3>
            <ul>
              ${loose.map((line) => commandRow(line, panel))}
            </ul>
          </section>`
    }
    ${isLayered || all.lines.length > 0 || all.effects.length > 0 ? branchView(all, panel) : nothing}
    ${layers.toReversed().map((layer) => branchView(layer, panel))}
    <div class="lab-add" role="group" aria-label=${words.addLayerTitle}>
      <span>${words.addLayerTitle}</span>
      ${(['src', 'text', 'color'] as const).map((content) => {
        const [sample = ''] = panel.samples
        const value = { src: sample, text: words.firstText, color: 'ff8000' }[content]
        return html`<sp-action-button
          size="s"
          @click=${() => panel.change(addLayer(panel.lines, content, value))}
          >${words.addLayer[content]}</sp-action-button
        >`
      })}
    </div>
  </div>`
}

function branchView(branch: LayerBranch, panel: EditedCommands): TemplateResult {
  const { layer, name, lines, effects, shows, hidden } = branch
  const title = layer === undefined ? words.all : words.layer(layer, name)
  const place: Place = layer === undefined ? { of: 'all' } : { of: 'layer', layer }
  const about =
    layer === undefined ? '' : `${words.shows[shows]}${hidden ? `, ${words.hidden}` : ''}`
  return group({
    panel,
    title,
    about,
    place,
    isEmpty: lines.length === 0 && effects.length === 0,
    rows: html`${lines.map((line) => commandRow(line, panel))}
    ${effects.map((effect) => html`<li>${effectView(effect, place, title, panel)}</li>`)}`,
    removes: layer !== undefined && layer > 0,
    shadows: layer,
  })
}

function effectView(
  { effect, lines }: EffectBranch,
  of: Place,
  layer: string,
  panel: EditedCommands,
): TemplateResult {
  const place: Place = of.of === 'layer' ? { ...of, effect } : { of: 'all', effect }
  return group({
    panel,
    title: words.effect(effect),
    about: layer,
    place,
    isEmpty: lines.length === 0,
    rows: html`${lines.map((line) => commandRow(line, panel))}`,
    removes: true,
  })
}

function group({
  panel,
  title,
  about,
  place,
  rows,
  isEmpty,
  removes = false,
  shadows,
}: {
  readonly panel: EditedCommands
  readonly title: string
  readonly about: string
  readonly place: Place
  readonly rows: TemplateResult
  readonly isEmpty: boolean
  /** Whether it can be taken away. */
  readonly removes?: boolean
  /** The layer that a shadow can be added to. */
  readonly shadows?: number | undefined
}): TemplateResult {
  const { lines, change } = panel
  return html`<section aria-label=${title}>
    <header>
      <h3>${title}</h3>
      <span class="lab-about">${about}</span>
      <span class="lab-tools">
        <sp-action-button quiet size="s" label=${words.addTo(title)} @click=${() => void add(panel, place, title)}
          >${words.add}</sp-action-button
        >
        ${
          shadows === undefined
            ? nothing
            : html`<sp-action-button
                quiet
                size="s"
                label=${words.addShadowTo(title)}
                @click=${() => change(addShadow(lines, shadows))}
                >${words.addShadow}</sp-action-button
              >`
        }
        ${
          removes
            ? html`<sp-action-button
                quiet
                size="xs"
                label=${words.removeLayer(title)}
                @click=${() => change(removePlace(lines, place))}
                >${buttonIcon('close')}</sp-action-button
              >`
            : nothing
        }
      </span>
    </header>
    ${isEmpty ? html`<p class="lab-none">${words.none}</p>` : html`<ul>${rows}</ul>`}
  </section>`
}

async function add(panel: EditedCommands, place: Place, title: string): Promise<void> {
  const command = await chooseCommand(place, words.addTo(title))
  if (command !== undefined) panel.change(addCommand(panel.lines, place, command))
}
