import type { DrawingContext } from '../drawing/fill.ts'

/** What the shapes of a slide are written with. */
export interface SlideContext extends DrawingContext {
  /** What stands where the slide says so: its footer, its header and its date. */
  readonly declared: Readonly<Partial<Record<'footer' | 'header' | 'date-time', string>>>
}
