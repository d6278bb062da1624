import { imagesOverviewSchema } from '../../../src/doors/page/images/asset-shapes.ts'
import { messageOf } from '../../commands/notices.ts'
import { ask, urlOf } from '../../service.ts'
import type { Store } from '../../state.ts'
import type { ImagesState } from '../images-state.ts'

function change(store: Store, changes: Partial<ImagesState>): void {
  store.change({ images: { ...store.state().images, ...changes } })
}

/** Asks whose assets there are. */
export async function loadImages(store: Store): Promise<void> {
  try {
    change(store, {
      overview: await ask(imagesOverviewSchema, urlOf('images')),
      problem: undefined,
    })
  } catch (error) {
    change(store, { problem: messageOf(error) })
  }
}

/** Takes in that assets have come, changed or gone, where they are looked at. */
export async function reloadImages(store: Store): Promise<void> {
  if (store.state().route.view === 'images') await loadImages(store)
}
