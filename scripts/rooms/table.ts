const DOORS = ['src/doors/asset-compute', 'src/doors/jobs', 'src/doors/scene7', 'src/doors/page']
const ENGINE = [
  'src/engine',
  'src/engine/pdf',
  'src/engine/pictures',
  'src/engine/text',
  'src/engine/pages',
  'src/engine/metadata',
  'src/engine/archive',
  'src/engine/command',
  'src/engine/data',
  'src/engine/markup',
  'src/engine/merge',
  'src/engine/video',
  'src/engine/ocr',
  'src/engine/pdf-tools',
  'src/engine/office',
  'src/engine/capture',
  'src/engine/layers',
  'src/engine/typesetting',
]
const GROUND = ['src/base', 'src/tasks', 'src/home', 'src/http', 'src/contract']
const MIDDLE = ['src/runtime', 'src/orders', 'src/renditions', 'src/identity', 'src/storage']
const FILES = [
  'src/base',
  'src/tasks',
  'src/sources',
  'src/packages',
  'src/fetching',
  'src/programs',
  'src/engine',
]

/**
 * The rooms of the house, and what the files of each may import: other rooms, or single files of them. A file belongs to
 * the innermost room whose folder it is in (`src/config.ts` is a room of its own). Whoever is
 * refused an import should look for the room where both could find what they share, before adding a line here.
 */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  'src/base': [],
  'src/tasks': [],
  'src/home': ['src/base'],
  'src/http': ['src/base', 'src/home'],
  'src/fetching': ['src/base'],
  'src/sources': ['src/base'],
  'src/peers': ['src/base', 'src/fetching'],
  'src/programs': ['src/base'],
  'src/contract': ['src/base', 'src/sources'],
  'src/packages': ['src/base', 'src/sources'],

  'src/engine': ['src/base', 'src/tasks', 'src/sources', 'src/fetching'],
  // The fonts that come with it.
  'src/engine/pdf': [...FILES, 'src/engine/typesetting/fonts/shipped-fonts.ts'],
  'src/engine/pictures': [...FILES, 'src/engine/pdf', 'src/engine/pages', 'src/engine/typesetting'],
  'src/engine/text': [...FILES, 'src/engine/pdf'],
  'src/engine/pages': [...FILES, 'src/engine/text'],
  'src/engine/metadata': [...FILES, 'src/engine/pdf'],
  'src/engine/archive': FILES,
  'src/engine/markup': [...FILES, 'src/engine/text'],
  'src/engine/data': [...FILES, 'src/engine/text', 'src/engine/markup'],
  'src/engine/command': [...FILES, 'src/engine/archive'],
  'src/engine/merge': [...FILES, 'src/engine/pdf', 'src/engine/pictures'],
  'src/engine/video': FILES,
  'src/engine/ocr': [...FILES, 'src/engine/pdf'],
  'src/engine/pdf-tools': [...FILES, 'src/engine/pdf', 'src/engine/pictures', 'src/engine/ocr'],
  'src/engine/office': [...FILES, 'src/engine/pdf', 'src/engine/text'],
  'src/engine/capture': [...FILES, 'src/engine/pdf', 'src/engine/text', 'src/engine/markup'],
  'src/engine/layers': [...FILES, 'src/engine/pictures', 'src/engine/typesetting'],
  'src/engine/typesetting': ['src/base', 'src/tasks'],
  'src/sdk': [...FILES, ...ENGINE, 'src/contract', 'src/image-serving'],

  'src/image-serving': [
    'src/base',
    'src/sources',
    'src/engine/layers',
    'src/engine/typesetting',
    'src/engine/text/rtf-charsets.ts',
  ],
  'src/image-pool': [
    ...FILES,
    'src/engine/layers',
    'src/engine/pictures',
    'src/engine/pdf',
    'src/engine/metadata',
    'src/engine/video',
    'src/engine/office',
  ],

  'src/runtime': [
    'src/base',
    'src/tasks',
    'src/home',
    'src/http',
    // How what actions have started is found and ended.
    'src/programs/process-family.ts',
    'src/programs/process-session.ts',
    'src/programs/process-table.ts',
  ],
  'src/orders': ['src/base', 'src/tasks', 'src/home', 'src/http'],
  'src/renditions': ['src/base', 'src/http', 'src/contract', 'src/orders'],
  'src/mail': ['src/base', 'src/home'],
  'src/identity': ['src/base', 'src/home', 'src/http'],
  'src/storage': ['src/base', 'src/tasks', 'src/home', 'src/http'],
  'src/monitoring': ['src/base', 'src/http'],

  'src/client': ['src/base', 'src/tasks', 'src/contract'],
  'src/cases': ['src/base', 'src/tasks', 'src/sources', 'src/contract', 'src/client'],
  'src/build': ['src/base', 'src/runtime/deploy/manifest.ts', 'src/runtime/run/action.ts'],

  'src/doors/asset-compute': [...GROUND, ...MIDDLE, 'src/sources'],
  'src/doors/jobs': [
    ...GROUND,
    ...MIDDLE,
    'src/sources',
    'src/fetching',
    'src/peers',
    'src/programs',
  ],
  'src/doors/scene7': [
    ...GROUND,
    'src/identity',
    'src/storage',
    'src/sources',
    'src/fetching',
    'src/peers',
    'src/image-serving',
    // What a picture is ordered with, and no more of the engine.
    'src/engine/layers/view-order.ts',
    'src/image-pool/render-job.ts',
    'src/mail/mail.ts',
    // How files in a ZIP may be called.
    'src/engine/archive/paths.ts',
  ],
  'src/doors/page': [...GROUND, ...MIDDLE, 'src/sources', 'src/client', 'src/cases'],

  // With the limits that hold unless the environment says otherwise.
  'src/config.ts': [
    'src/base',
    'src/programs',
    'src/engine/pictures/source.ts',
    'src/fetching/save-file.ts',
    'src/http/listen-address.ts',
    'src/http/given-certificates.ts',
    'src/doors/scene7/ips/exports/export-limits.ts',
  ],
  'src/compose': [
    ...GROUND,
    ...MIDDLE,
    ...DOORS,
    'src/image-pool',
    'src/mail',
    'src/monitoring',
    'src/fetching',
    'src/peers',
    'src/engine/archive',
    // What processes hold in memory.
    'src/programs/process-family.ts',
    'src/build',
    'src/config.ts',
    'actions',
  ],
  'src/cli': [
    ...GROUND,
    ...MIDDLE,
    ...DOORS,
    'src/sources',
    'src/programs',
    'src/client',
    'src/cases',
    'src/build',
    'src/config.ts',
    'src/compose',
    'src/image-serving',
    'src/engine/layers/view-order.ts',
    'src/image-pool',
  ],

  // The last is what the action that lives in the service is made of.
  actions: [
    'src/sdk',
    'src/contract',
    'src/runtime/api/web-action.ts',
    'src/runtime/api/resident-action.ts',
  ],
  // What is of them for workers outside of the repository.
  worker: ['src/sdk', 'src/contract'],
  // What a browser can run.
  page: [
    'src/base/json.ts',
    'src/base/validation.ts',
    'src/contract',
    'src/doors/page/api.ts',
    'src/doors/page/exports/export-shapes.ts',
    'src/doors/page/images/asset-shapes.ts',
    'src/doors/page/images/preset-shapes.ts',
    // Those of the requests of Image Serving that are read in a browser as they are in the service.
    'src/image-serving/colour.ts',
    'src/image-serving/commands/arguments.ts',
    'src/image-serving/commands/command.ts',
    'src/image-serving/commands/commands.ts',
    'src/image-serving/commands/refused-commands.ts',
    'src/image-serving/default-macros.ts',
    'src/image-serving/request-error.ts',
    'src/image-serving/served-formats.ts',
    'src/image-serving/sort-commands.ts',
    'src/image-serving/syntax/decode-value.ts',
    'src/image-serving/syntax/expand-commands.ts',
    'src/image-serving/syntax/split-commands.ts',
    'src/doors/page/shown-as.ts',
    'src/doors/jobs/api/wire-schemas.ts',
  ],
}
