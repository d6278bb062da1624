/** The pages of the site in their order: what each is called, and its file in the project. */
export const NAVIGATION = [
  {
    text: 'Begin',
    pages: [
      ['What it is', 'README.md'],
      ['Instructions', 'docs/instructions.md'],
      ['What becomes what', 'docs/conversions.md'],
      ['The developer page', 'docs/developer-page.md'],
    ],
  },
  {
    text: 'Tutorials',
    pages: [
      ['Write a worker', 'docs/write-a-worker.md'],
      ['Test it in CI', 'docs/ci.md'],
      ['Export assets', 'docs/export-job.md'],
    ],
  },
  {
    text: 'Doors',
    pages: [
      ['Like Adobe’s service', 'docs/fidelity.md'],
      ['Jobs', 'docs/jobs-api.md'],
      ['Image Serving', 'docs/image-serving.md'],
    ],
  },
  {
    text: 'Run it',
    pages: [
      ['Keep it running', 'docs/running.md'],
      ['Watch it', 'docs/operations.md'],
      ['Beyond one machine', 'docs/scale.md'],
      ['Compose and Kubernetes', 'docs/deploy.md'],
      ['How fast it is', 'docs/performance.md'],
      ['Security', 'SECURITY.md'],
    ],
  },
  {
    text: 'The project',
    pages: [
      ['How it is built', 'docs/architecture.md'],
      ['Contributing', 'CONTRIBUTING.md'],
      ['Changes', 'CHANGELOG.md'],
    ],
  },
] as const satisfies readonly {
  readonly text: string
  readonly pages: readonly (readonly [title: string, file: string])[]
}[]

/** Where a page is on the site, by its file in the project: `docs/running.md` is `/running`, and the README is the first page. */
export function placeOf(file: string): string {
  const name = file.replace(/^docs\//, '').replace(/\.md$/, '')
  return name === 'README' ? 'index' : name.toLowerCase()
}

/** How a heading is linked to, as GitHub has it. */
export function anchorOf(heading: string): string {
  const words = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
  return words.replaceAll(' ', '-')
}
