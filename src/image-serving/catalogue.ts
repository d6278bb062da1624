import type { ColourProfile } from '../engine/layers/encoding.ts'
import type { PixelType } from './colour.ts'

/** What a catalogue knows of an object that requests name. */
export interface CatalogueEntry {
  /** The one name of the object, whatever it was called; the renderer opens it by this. */
  readonly object: string
  /** Commands that hold unless a request says otherwise; a template has its layers here. */
  readonly modifier?: string | undefined
  /** Commands that hold whatever a request says. */
  readonly postModifier?: string | undefined
  /** Pixels a unit, for `res`. */
  readonly resolution?: number | undefined
}

/** An ICC profile that requests name. */
export interface ProfileEntry {
  /** Its one name, whatever it was called. */
  readonly object: string
  /** Where it is on this machine. */
  readonly path: string
  /** Another one whenever it is changed. */
  readonly version: string
  readonly pixelType: PixelType
}

/** What is looked up while a request is read: assets, presets, and what holds where a request says nothing. */
export interface Catalogue {
  /**
   * The object of a name, first among those of the company that the path names.
   *
   * @returns undefined when there is none
   */
  readonly find: (object: string) => CatalogueEntry | undefined
  /** The commands of a preset; its name is not case-sensitive. */
  readonly findMacro: (name: string) => string | undefined
  /**
   * The ICC profile of a name beside those that are always there; undefined where none can be added.
   *
   * @throws {@link RequestError} when it is no profile that colours can be converted into
   */
  readonly findProfile?: (name: string) => ProfileEntry | undefined
  readonly attributes: ServingAttributes
}

/** What holds where a request says nothing, by Adobe's names for the attributes of catalogues. */
export interface ServingAttributes {
  /** The most pixels that an answer may be wide and high. */
  readonly maxPix: { readonly width: number; readonly height: number }
  /** What a picture is scaled into unless its size is asked for; 0 does not limit. */
  readonly defaultPix: { readonly width: number; readonly height: number }
  /** The value of `qlt`. */
  readonly jpegQuality: string
  /** The value of `bgc`. */
  readonly background: string
  /** The value of `resMode`. */
  readonly resMode: string
  /** How colours are converted into a profile: perceptually, and without compensation of the black point, unless it says so. */
  readonly iccRenderIntent?: ColourProfile['intent'] | undefined
  readonly iccBlackPoint?: boolean | undefined
  /** The name of an object that is shown in place of one that is not there. */
  readonly defaultImage?: string | undefined
  /** Whether that replaces the layer alone, and not the whole request. */
  readonly defaultImageMode?: 0 | 1 | undefined
}

const NO_LIMIT = { width: Number.MAX_SAFE_INTEGER, height: Number.MAX_SAFE_INTEGER }

/** What holds where pictures are made for whoever has asked for them himself: as usual, and of any size. */
export const UNLIMITED: ServingAttributes = {
  maxPix: NO_LIMIT,
  defaultPix: { width: 0, height: 0 },
  jpegQuality: '80',
  background: 'ffffff',
  resMode: 'sharp2',
}
