import { html, nothing, type TemplateResult } from 'lit'
import { assetWords } from './asset-words.ts'
import { type CropDraft, type PixelSize, ratioOf, reshapeDraft } from './crop-draft.ts'
import { moveRect, type PictureRect, resizeRect } from './crop-geometry.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import '@spectrum-web-components/button/sp-button.js'

const words = assetWords.crops

/** What can be done with the crop that is drawn. */
interface CropForm {
  /** Why it cannot be kept. */
  readonly problem: string | undefined
  readonly isSaving: boolean
  readonly change: (draft: CropDraft) => void
  /** Keeps it where nothing is against it. */
  readonly save: () => void
  readonly cancel: () => void
  readonly remove: () => void
}

/** The name, the numbers and the size of the crop that is drawn. */
export function cropForm(draft: CropDraft, size: PixelSize, form: CropForm): TemplateResult {
  const { crop, keepsShape, of } = draft
  const ratio = ratioOf(draft, size)
  const place = (rect: PictureRect): void => form.change({ ...draft, crop: { ...crop, ...rect } })
  return html`<form
    class="crop-form"
    aria-labelledby="crop-title"
    @submit=${(event: Event) => {
      event.preventDefault()
      form.save()
    }}
  >
    <button type="submit" hidden></button>
    <h2 id="crop-title">${of === undefined ? words.add : words.edit(crop.name)}</h2>
    <p>${words.draw}</p>
    <label class="crop-field crop-field-name"
      >${words.name}
      <input
        type="text"
        maxlength="100"
        .value=${crop.name}
        @input=${(event: Event) => form.change({ ...draft, crop: { ...crop, name: textOf(event) } })}
    /></label>
    ${pixels(words.forWidth, crop.forWidth, (forWidth) => reshape({ forWidth }))}
    ${pixels(words.forHeight, crop.forHeight, (forHeight) => reshape({ forHeight }))}
    <label class="crop-shape"
      ><input
        type="checkbox"
        .checked=${keepsShape}
        @change=${() => reshape({ keepsShape: !keepsShape })}
      />${words.keepShape}</label
    >
    <div class="crop-numbers">
      ${percent(words.x, crop.x, (x) => place(moveRect({ ...crop, x }, 0, 0)))}
      ${percent(words.y, crop.y, (y) => place(moveRect({ ...crop, y }, 0, 0)))}
      ${percent(words.width, crop.width, (width) => place(resizeRect(crop, { width }, ratio)))}
      ${percent(words.height, crop.height, (height) => place(resizeRect(crop, { height }, ratio)))}
    </div>
    <p class="crop-problem" role="status">${form.problem ?? ''}</p>
    <div class="crop-ways">
      <sp-button
        variant="accent"
        aria-disabled=${form.problem !== undefined || form.isSaving ? 'true' : nothing}
        @click=${form.save}
        >${words.save}</sp-button
      >
      <sp-button variant="secondary" @click=${form.cancel}>${words.cancel}</sp-button>
      ${
        of === undefined
          ? nothing
          : html`<sp-action-button quiet @click=${form.remove}>${words.delete}</sp-action-button>`
      }
    </div>
  </form>`

  function reshape(changes: Parameters<typeof reshapeDraft>[1]): void {
    form.change(reshapeDraft(draft, changes, size))
  }
}

function textOf({ currentTarget }: Event): string {
  return currentTarget instanceof HTMLInputElement ? currentTarget.value : ''
}

function pixels(label: string, value: number, change: (value: number) => void): TemplateResult {
  return html`<label class="crop-field"
    >${label}
    <input
      type="number"
      min="1"
      max="5000"
      step="1"
      .value=${String(value)}
      @change=${(event: Event) => change(Number(textOf(event)))}
  /></label>`
}

/** Parts of the picture are typed as percents. */
function percent(label: string, value: number, change: (value: number) => void): TemplateResult {
  return html`<label class="crop-field"
    >${label}
    <input
      type="number"
      min="0"
      max="100"
      step="any"
      .value=${String(Math.round(value * 10_000) / 100)}
      @change=${(event: Event) => {
        const typed = Number(textOf(event))
        if (Number.isFinite(typed)) change(Math.max(0, Math.min(1, typed / 100)))
      }}
  /></label>`
}
