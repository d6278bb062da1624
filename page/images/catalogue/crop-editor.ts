import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { styleMap } from 'lit/directives/style-map.js'
import type { AssetCrop } from '../../../src/doors/page/images/asset-shapes.ts'
import { imageUrl } from '../image-url.ts'
import { assetWords } from './asset-words.ts'
import {
  type CropDraft,
  draftOf,
  draftOfFound,
  newDraft,
  type PixelSize,
  problemOfDraft,
  ratioOf,
  withDraft,
} from './crop-draft.ts'
import { cropForm } from './crop-form.ts'
import {
  moveRect,
  type PicturePoint,
  type PictureRect,
  rectBetween,
  resizeRect,
} from './crop-geometry.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'

const words = assetWords.crops

/** The place of the picture of a crop in the list, in pixels. */
const SMALL = { width: 120, height: 90 }

/** How far an arrow key goes, as a part of the picture. */
const STEP = 0.01

const ARROWS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/** By what a part is held, and the corner of it that stays then, as parts of its width and height. */
const HANDLES = [
  { name: 'nw', stays: [1, 1] },
  { name: 'ne', stays: [0, 1] },
  { name: 'sw', stays: [1, 0] },
  { name: 'se', stays: [0, 0] },
] as const

/** What a pointer does as long as it is down. */
type Drag = (point: PicturePoint) => PictureRect

/** A picture and the parts of it that have names, which are drawn on it. */
class CropEditor extends LitElement {
  static override properties = {
    src: {},
    alone: { type: Boolean },
    object: {},
    crops: { attribute: false },
    foundCrops: { attribute: false },
    found: { state: true },
    thumbnail: { attribute: false },
    save: { attribute: false },
    draft: { state: true },
    size: { state: true },
    isBroken: { state: true },
    isSaving: { state: true },
  }

  declare src: string
  /** Whether nothing else shows what the asset is, so that a picture which is not there is told of. */
  declare alone: boolean
  /** The name that requests have for the asset. */
  declare object: string
  declare crops: readonly AssetCrop[]
  /** Asks for the crops that it has without anybody having set them. */
  declare foundCrops: () => Promise<readonly AssetCrop[]>
  declare found: readonly AssetCrop[] | undefined
  /** The commands for a picture in a box. */
  declare thumbnail: (box: PixelSize) => string
  /** Keeps other crops; tells whether that was done. */
  declare save: (crops: AssetCrop[]) => Promise<boolean>
  declare draft: CropDraft | undefined
  /** That of the picture as it is shown here, of which the shape matters alone. */
  declare size: PixelSize | undefined
  declare isBroken: boolean
  declare isSaving: boolean

  #drag: Drag | undefined

  protected override createRenderRoot(): this {
    return this
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('object')) this.draft = undefined
    if (changed.has('src')) this.isBroken = false
    if (changed.has('src') || changed.has('crops')) void this.#look()
  }

  /** They may take a moment, since somebody has to look at the picture for them. */
  async #look(): Promise<void> {
    const { src, crops } = this
    const found = await this.foundCrops()
    if (this.src === src && this.crops === crops) this.found = found
  }

  protected override render(): TemplateResult {
    if (this.isBroken) {
      return html`${this.alone ? html`<p class="asset-none">${assetWords.asset.noPicture}</p>` : nothing}`
    }
    const { draft, size } = this
    return html`<div
        class="crop-stage"
        ?data-drawing=${draft !== undefined}
        ?data-there=${size !== undefined}
        @pointerdown=${this.#begin}
        @pointermove=${this.#follow}
        @pointerup=${this.#end}
        @pointercancel=${this.#end}
      >
        <img
          src=${this.src}
          alt=${this.object.slice(this.object.indexOf('/') + 1)}
          draggable="false"
          @load=${({ currentTarget }: Event) => {
            if (!(currentTarget instanceof HTMLImageElement)) return
            this.size = { width: currentTarget.naturalWidth, height: currentTarget.naturalHeight }
          }}
          @error=${() => (this.isBroken = true)}
        />
        ${draft === undefined ? nothing : this.#frame(draft)}
      </div>
      ${draft === undefined || size === undefined ? this.#list(size) : this.#form(draft, size)}`
  }

  #frame({ crop }: CropDraft): TemplateResult {
    return html`<div class="crop-shade">
        <div class="crop-hole" style=${styleMap(placeOf(crop))}></div>
      </div>
      <div
        class="crop-frame"
        role="group"
        tabindex="0"
        aria-label=${words.frame(crop.name)}
        style=${styleMap(placeOf(crop))}
        @keydown=${this.#press}
      >
        ${HANDLES.map(({ name }) => html`<span class="crop-handle" data-handle=${name}></span>`)}
      </div>`
  }

  #list(size: PixelSize | undefined): TemplateResult {
    return html`<section class="crops" aria-labelledby="crops-title">
      <h2 id="crops-title">${words.title}</h2>
      <p>${words.lead}</p>
      ${
        this.crops.length + (this.found ?? []).length === 0
          ? html`<p>${words.none}</p>`
          : html`<ul aria-label=${words.list}>
              ${this.crops.map((crop, at) =>
                this.#entry(crop, words.for(crop.forWidth, crop.forHeight), size, (picture) =>
                  draftOf(this.crops, at, picture),
                ),
              )}
              ${(this.found ?? []).map((crop) =>
                this.#entry(crop, words.found(crop.forWidth, crop.forHeight), size, (picture) =>
                  draftOfFound(crop, picture),
                ),
              )}
            </ul>`
      }
      <sp-action-button
        class="crop-add"
        ?disabled=${size === undefined}
        @click=${() => {
          if (size) this.#open(newDraft(this.crops, size))
        }}
        >${words.add}</sp-action-button
      >
    </section>`
  }

  #entry(
    { name }: AssetCrop,
    about: string,
    size: PixelSize | undefined,
    toDraft: (picture: PixelSize) => CropDraft | undefined,
  ): TemplateResult {
    return html`<li>
      <span class="crop-thumb"
        ><img src=${imageUrl(`${this.object}:${name}`, this.thumbnail(SMALL))} alt="" loading="lazy"
      /></span>
      <span class="crop-name">${name}</span>
      <span class="crop-for">${about}</span>
      <sp-action-button
        size="s"
        label=${words.edit(name)}
        @click=${() => {
          if (size) this.#open(toDraft(size))
        }}
        >${words.editShort}</sp-action-button
      >
    </li>`
  }

  #form(draft: CropDraft, size: PixelSize): TemplateResult {
    return cropForm(draft, size, {
      problem: problemOfDraft(draft, this.crops),
      isSaving: this.isSaving,
      change: (changed) => (this.draft = changed),
      save: this.#saveDraft,
      cancel: () => this.#open(undefined),
      remove: () => {
        if (draft.of !== undefined) void this.#keep(this.crops.toSpliced(draft.of, 1))
      },
    })
  }

  #open(draft: CropDraft | undefined): void {
    this.draft = draft
    const next = draft === undefined ? '.crop-add' : '.crop-frame'
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(next)?.focus())
  }

  /** What was typed last may not have been drawn yet. */
  readonly #saveDraft = (): void => {
    const { draft, crops } = this
    if (draft === undefined || this.isSaving || problemOfDraft(draft, crops) !== undefined) return
    void this.#keep(withDraft(crops, draft))
  }

  async #keep(crops: AssetCrop[]): Promise<void> {
    this.isSaving = true
    const isKept = await this.save(crops)
    this.isSaving = false
    if (isKept) this.#open(undefined)
  }

  #draw(rect: PictureRect): void {
    const { draft } = this
    if (draft !== undefined) this.draft = { ...draft, crop: { ...draft.crop, ...rect } }
  }

  readonly #press = (event: KeyboardEvent): void => {
    const { draft, size } = this
    const { [event.key]: arrow } = ARROWS
    if (draft === undefined || size === undefined || arrow === undefined) return
    event.preventDefault()
    const [x, y] = arrow
    const { crop } = draft
    if (!event.shiftKey) this.#draw(moveRect(crop, x, y))
    else {
      const wanted = x === 0 ? { height: crop.height + y } : { width: crop.width + x }
      this.#draw(resizeRect(crop, wanted, ratioOf(draft, size)))
    }
  }

  readonly #begin = (event: PointerEvent): void => {
    const { draft, size } = this
    const { target, currentTarget } = event
    if (draft === undefined || size === undefined || event.button !== 0) return
    if (!(target instanceof Element) || !(currentTarget instanceof Element)) return
    event.preventDefault()
    currentTarget.setPointerCapture(event.pointerId)
    const from = pointOf(event, currentTarget)
    const { crop } = draft
    const ratio = ratioOf(draft, size)
    const handle = HANDLES.find(({ name }) => name === target.getAttribute('data-handle'))
    if (handle !== undefined) {
      const [across, down] = handle.stays
      const corner = { x: crop.x + crop.width * across, y: crop.y + crop.height * down }
      this.#drag = (point) => rectBetween(corner, point, ratio)
    } else if (target.closest('.crop-frame') !== null) {
      this.#drag = (point) => moveRect(crop, point.x - from.x, point.y - from.y)
    } else {
      this.#drag = (point) => rectBetween(from, point, ratio)
    }
    this.querySelector<HTMLElement>('.crop-frame')?.focus({ preventScroll: true })
  }

  readonly #follow = (event: PointerEvent): void => {
    const { currentTarget } = event
    if (this.#drag === undefined || !(currentTarget instanceof Element)) return
    this.#draw(this.#drag(pointOf(event, currentTarget)))
  }

  readonly #end = (): void => {
    this.#drag = undefined
  }
}

function within(part: number): number {
  return Math.max(0, Math.min(1, part))
}

function toPercent(part: number): string {
  return `${part * 100}%`
}

/** Where a pointer is, in parts of what it is over. */
function pointOf({ clientX, clientY }: PointerEvent, over: Element): PicturePoint {
  const { left, top, width, height } = over.getBoundingClientRect()
  return { x: within((clientX - left) / width), y: within((clientY - top) / height) }
}

function placeOf({ x, y, width, height }: PictureRect): Record<string, string> {
  return {
    left: toPercent(x),
    top: toPercent(y),
    width: toPercent(width),
    height: toPercent(height),
  }
}

customElements.define('crop-editor', CropEditor)
