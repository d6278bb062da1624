import type { Preset, Presets } from '../../catalogue/presets.ts'
import type { Handlers } from '../ips-call.ts'
import { IpsFault } from '../ips-fault.ts'

/** getImageFormats, saveImageFormat and deleteImageFormat: image formats are the presets of Image Serving. */
export function createFormatOperations(presets: Presets) {
  function findByHandle(company: string, handle: string): Preset {
    const found = presets.list(company).find(({ name }) => handleOf(company, name) === handle)
    if (found) return found
    throw new IpsFault(
      'invalidParameter',
      `There is no image format with the handle ${JSON.stringify(handle.slice(0, 120))} in ${company}.`,
    )
  }

  return {
    getImageFormats: (_takes, { company }) => ({
      imageFormatArray: presets.list(company).map(({ name, commands }) => ({
        imageFormatHandle: handleOf(company, name),
        name,
        urlModifier: commands,
      })),
    }),
    async saveImageFormat({ imageFormatHandle, name, urlModifier }, { company }) {
      const before = imageFormatHandle ? findByHandle(company, imageFormatHandle) : undefined
      await presets.save(company, { name, commands: urlModifier })
      const handle = handleOf(company, name)
      if (before && handle !== imageFormatHandle) await presets.remove(company, before.name)
      return { imageFormatHandle: handle }
    },
    async deleteImageFormat({ imageFormatHandle }, { company }) {
      await presets.remove(company, findByHandle(company, imageFormatHandle).name)
      return {}
    },
  } satisfies Partial<Handlers>
}

/** Names that differ in capital letters alone are one. */
function handleOf(company: string, name: string): string {
  return `i|${company}|${name.toLowerCase()}`
}
