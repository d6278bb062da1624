import type { TextContent } from '../typesetting/text-content.ts'
/**
 * What a layered picture is made of, in the order in which it is made: each layer by itself, the layers over each other on a
 * canvas of the size of the first, and a view of that. All lengths are pixels, colours are sRGB with alpha, not
 * premultiplied, and angles are degrees, clockwise.
 */
export interface Composition {
  /** The lowest first. The first is the canvas: what of the others lies outside of it is cut off. */
  readonly layers: readonly [Layer, ...Layer[]]
  /** What happens to all layers together, before the view. */
  readonly composite: Treatment
  readonly view: View
}

/** Components from 0 to 255, and alpha from 0 to 255 as well. */
export interface Rgba {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Extent {
  readonly width: number
  readonly height: number
}

/** A rectangle; it may begin and end outside of what it is a part of. */
export interface Rectangle extends Point, Extent {}

/** In pixels from the upper left corner, or as a part of width and height, from whatever is said where it is used. */
export type Place = ({ readonly in: 'pixels' } & Point) | ({ readonly in: 'parts' } & Point)

export interface Edges {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** What a layer shows. */
export type Content =
  /** A file of the job, by the name under which the renderer opens it. */
  | {
      readonly kind: 'picture'
      readonly object: string
      /** Pixels a unit, to be scaled by; undefined where nobody knows. */
      readonly resolution?: number | undefined
      readonly mask?: Mask | undefined
    }
  /** Another composition, made first; it brings its transparency along. */
  | {
      readonly kind: 'composition'
      readonly composition: Composition
      readonly mask?: Mask | undefined
    }
  /** One colour, as large as the layer's size, or as its mask. */
  | { readonly kind: 'colour'; readonly colour: Rgba; readonly mask?: Mask | undefined }
  /** In its box, or in a rectangle of that, which is as large as the layer where that has no size. */
  | {
      readonly kind: 'text'
      readonly text: TextContent
      readonly flow?: Rectangle | undefined
    }

/** Whose alpha, or lightness where it has none, becomes the alpha of a layer. */
export type Mask =
  | { readonly kind: 'picture'; readonly object: string }
  | { readonly kind: 'composition'; readonly composition: Composition }

/** How large the content of a layer becomes, after it was cropped. It keeps its proportions unless it is a colour. */
export type Sizing =
  /** No larger than this; a length of 0 follows from the other. */
  | ({ readonly by: 'size' } & Extent)
  /** As `size`, in parts of the first layer. */
  | ({ readonly by: 'part' } & Extent)
  | { readonly by: 'factor'; readonly factor: number }
  /** To as many pixels a unit as this, from as many as the file has. */
  | { readonly by: 'resolution'; readonly resolution: number }

/** What is done with the alpha that content has of itself or of a mask. */
export type MaskUse = 'norm' | 'invert' | 'off'

export type Flip = 'lr' | 'ud' | 'lrud'

export type BlendMode = 'norm' | 'dissolve' | 'lighten' | 'darken' | 'mult' | 'screen'

/** A change of every pixel, or of what is around it. Radii are in pixels of the picture before the view is scaled. */
export type Adjustment =
  /** From -100 to 100. */
  | { readonly op: 'brightness' | 'contrast'; readonly amount: number }
  | { readonly op: 'saturation'; readonly amount: number }
  /** In degrees, from -180 to 180. */
  | { readonly op: 'hue'; readonly degrees: number }
  /** Each from -100 to 100. */
  | {
      readonly op: 'colorbalance'
      readonly red: number
      readonly green: number
      readonly blue: number
    }
  | { readonly op: 'invert' }
  /** `contrast` from 0 to 100. */
  | {
      readonly op: 'colorize'
      readonly colour: Rgba
      readonly normalised: boolean
      readonly contrast: number
    }
  | { readonly op: 'blur'; readonly radius: number }
  /** `amount` from 0 to 100; `seed` makes equal requests equal. */
  | {
      readonly op: 'noise'
      readonly amount: number
      readonly distribution: 'uniform' | 'gaussian'
      readonly monochrome: boolean
      readonly seed: number
    }
  /** Grows what is light when positive, and what is dark when negative, by as many pixels. */
  | { readonly op: 'grow'; readonly radius: number }
  /** The same on the mask alone; `scaled` when the radius is that of the source before it was scaled. */
  | { readonly op: 'growMask'; readonly radius: number; readonly scaled: boolean }

/** Upper left, upper right, lower right, lower left; in pixels of the first layer, or in parts of its size. */
export interface Perspective {
  readonly in: 'pixels' | 'parts'
  readonly corners: readonly [Point, Point, Point, Point]
}

/** The data of an SVG path of M, L, C and Z, in pixels of the layer: what is outside of it, or inside, becomes transparent. */
export interface Clip {
  readonly path: string
  readonly keeps: 'inside' | 'outside'
}

/** Sharpening: of a layer after it was scaled, of a composite after the view was scaled. */
export type Sharpening =
  | { readonly by: 'simple' }
  | {
      readonly by: 'unsharp'
      /** From 0 to 5. */
      readonly amount: number
      /** In pixels. */
      readonly radius: number
      /** Differences below this, from 0 to 255, stay as they are. */
      readonly threshold: number
      readonly monochrome: boolean
      /** Whether the radius is that of the picture before it was scaled, and shrinks with it. */
      readonly scaled: boolean
    }

/** What is done to a layer after its transforms, or to the composite. */
export interface Treatment {
  readonly flip?: Flip | undefined
  readonly clips: readonly Clip[]
  readonly adjustments: readonly Adjustment[]
  readonly sharpening: readonly Sharpening[]
  /** From 0 to 100: of all that belongs to it, its effects included. */
  readonly opacity: number
  /** From 0 to 100: of the content alone. */
  readonly fillOpacity: number
  readonly effects: readonly Effect[]
}

/** A shadow or a glow, made of the alpha of what it belongs to. */
export interface Effect {
  /** Below 0 behind what it belongs to, and seen around it; above 0 on it, and seen within it. Never 0. */
  readonly order: number
  readonly colour: Rgba
  /** From 0 to 100. */
  readonly opacity: number
  readonly blendMode: BlendMode
  /** From where its layer is; in parts of the layer's size. */
  readonly offset: Place
  readonly maskUse: MaskUse
  readonly adjustments: readonly Extract<Adjustment, { op: 'blur' | 'grow' | 'noise' }>[]
}

/** One layer. Its steps are made in the order of these members. */
export interface Layer extends Treatment {
  readonly content: Content
  readonly maskUse: MaskUse
  /** Out of the content, in its pixels, or in parts of them. What is outside of the content is transparent. */
  readonly crop?: (Rectangle & { readonly in: 'pixels' | 'parts' }) | undefined
  readonly sizing?: Sizing | undefined
  /** Below the content, within its rectangle, before it is turned. */
  readonly colour?: Rgba | undefined
  /** Clockwise; the rectangle grows so that nothing is cut off. */
  readonly rotation: number
  /** Where the corners of the rectangle go, on the first layer. */
  readonly perspective?: Perspective | undefined
  /** Added around, or taken away where negative; in parts of the rectangle after it was turned. */
  readonly extend?: (Edges & { readonly in: 'pixels' | 'parts' }) | undefined
  /** Below all of it. */
  readonly background?: Rgba | undefined
  readonly blendMode: BlendMode
  /** The point of the content that becomes the origin; from its centre when in parts. */
  readonly anchor?: Place | undefined
  /** The point of the rectangle that is placed; from its centre when in parts. Goes before the anchor. */
  readonly origin?: Place | undefined
  /** Where the origin goes, from the origin of the first layer; in parts of the first layer's size. */
  readonly position: Place
  readonly hidden: boolean
}

export type FitMode = 'fit' | 'constrain' | 'crop' | 'wrap' | 'stretch' | 'hfit' | 'vfit'

export type Resampling = 'bilin' | 'bicub' | 'sharp2' | 'bisharp'

/** What of the composite is shown, and at which size. */
export interface View {
  readonly width?: number | undefined
  readonly height?: number | undefined
  /** By how much the composite is scaled, whatever its size; width and height then cut or pad it. */
  readonly factor?: number | undefined
  /** How the composite goes into width and height, and whether it may become larger than it is. */
  readonly fit: { readonly mode: FitMode; readonly enlarge: boolean } | undefined
  /** Each from -1, left or top, to 1, right or bottom. */
  readonly align: Point
  /** A part of the composite, in its pixels. */
  readonly region?: Rectangle | undefined
  /** A part of the finished view, after it was scaled by `factor`. */
  readonly part?: (Rectangle & { readonly factor: number }) | undefined
  /** How many pixels each of the view becomes. */
  readonly density: number
  readonly background: Rgba
  /** Whether what is transparent stays so. */
  readonly transparent: boolean
  readonly resampling: Resampling
  /** The largest view that may be asked for, and what it is scaled into when no size is; 0 does not limit. Undefined for neither. */
  readonly within: { readonly most: Extent; readonly byDefault: Extent } | undefined
}
