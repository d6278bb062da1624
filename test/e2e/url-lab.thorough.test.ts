import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { findBarriers, useBrowser } from './browser.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

/** The facts of the picture that is shown, once it is that of the commands. */
async function facts(page: Page, size: string): Promise<string> {
  const row = page.locator('.lab-facts tbody tr').first()
  await row.filter({ hasText: size }).waitFor()
  return row.innerText()
}

/** Writes all commands by the keyboard. */
async function write(page: Page, lines: string): Promise<void> {
  await page.getByRole('tab', { name: 'Lines' }).click()
  await page.getByRole('textbox', { name: 'Commands, one a line' }).click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(lines)
}

const lab = (object: string, commands: string): string =>
  `/#/images/lab/${encodeURIComponent(object)}/${encodeURIComponent(commands)}`

describe('the URL lab of the developer page', function () {
  this.timeout(300_000)
  const home = useHome()
  const browser = useBrowser()
  let service: ServiceProcess

  before(async () => {
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts', '--assets', 'samples'],
    })
  })
  after(async () => {
    service.child.kill('SIGTERM')
    await service.exited
  })

  it('shows an asset at once, and what is written of it, and keeps both in the address', async () => {
    const page = await browser.open(service)
    await page.goto('/#/images/lab')
    assert.match(await facts(page, '800 × 533'), /image\/jpeg/)
    await write(page, 'wid=300\nhei=200\nfit=crop\nfmt=webp')
    assert.match(await facts(page, '300 × 200'), /image\/webp/)
    assert.equal(
      await page.getByLabel('URL of the picture').inputValue(),
      '/is/image/darkroom/harbour?wid=300&hei=200&fit=crop&fmt=webp',
    )
    assert.deepEqual(await page.locator('.lab-order code').allInnerTexts(), [
      'layer=comp',
      'wid=300',
      'hei=200',
      'fit=crop',
      'fmt=webp',
    ])
    await page.reload()
    await facts(page, '300 × 200')
  })

  it('completes commands, and breaks lines at an &', async () => {
    const page = await browser.open(service)
    await page.goto(lab('darkroom/harbour', 'wid=300'))
    await write(page, '')
    await page.keyboard.type('op_inv')
    // The editor takes an Enter that comes as soon as it offers something for a new line.
    await page.getByRole('option', { name: /op_invert/ }).click()
    await page.keyboard.press('End')
    await page.keyboard.type('&wid=120')
    await facts(page, '120 × 80')
    assert.match(page.url(), /op_invert%3D1%26wid%3D120$/)
  })

  it('says at the command what the service has against it', async () => {
    browser.expectRefused('/is/image/')
    const page = await browser.open(service)
    await page.goto(lab('darkroom/harbour', 'wid=300&rotate=wide&src=nothing'))
    await page.getByText('The service refuses this request').waitFor()
    const wrong = page.locator('.lab-row.wrong')
    assert.match(await wrong.first().innerText(), /rotate[^]*must be a number/)
    await page.getByRole('button', { name: 'Remove rotate' }).click()
    await page.locator('.lab-refusal').getByText('There is no asset called nothing.').waitFor()
    assert.match(await wrong.innerText(), /src[^]*There is no asset called nothing/)
    await page.getByRole('button', { name: 'Remove src' }).click()
    await facts(page, '300 × 200')
  })

  it('takes a URL of another server, and clicks on its layers', async () => {
    const page = await browser.open(service)
    await page.goto('/#/images/lab')
    await page
      .getByLabel('URL of the picture')
      .fill('https://s7d9.scene7.com/is/image/darkroom/portrait?wid=200&fmt=png')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Add a command: Picture' }).click()
    await page.getByRole('combobox', { name: 'Search the commands' }).fill('bgc')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Colour' }).click()
    await page.getByRole('spinbutton', { name: 'size width' }).fill('50')
    await page.getByRole('region', { name: 'Layer 1' }).waitFor()
    await page.waitForURL(
      /fmt%3Dpng%26bgc%3Dffffff%26layer%3D1%26color%3Dff8000%26size%3D50%2C100$/,
    )
  })

  it('compares with what was there, by the keyboard as well', async () => {
    const page = await browser.open(service)
    await page.goto(lab('darkroom/harbour', 'wid=300'))
    await facts(page, '300 × 200')
    await page.getByRole('button', { name: 'Compare from here on' }).click()
    await write(page, 'wid=300\nop_saturation=-100')
    await page.locator('.lab-facts tbody tr').nth(1).waitFor()
    const slider = page.getByRole('slider', { name: /Compared with/ })
    await slider.focus()
    await page.keyboard.press('ArrowRight')
    assert.equal(await slider.inputValue(), '51')
    await page.getByRole('button', { name: 'Swap' }).click()
    await page.waitForURL(/wid%3D300\/darkroom%2Fharbour%3Fwid%3D300%26op_saturation/)
    await page.reload()
    await page.locator('.lab-facts tbody tr').nth(1).waitFor()
    await page.getByRole('button', { name: 'Stop comparing' }).click()
    await slider.waitFor({ state: 'detached' })
  })

  it('saves presets, inserts them, and edits them with their picture', async () => {
    const page = await browser.open(service)
    await page.goto(lab('darkroom/harbour', 'wid=240&fmt=webp'))
    await page.getByRole('button', { name: 'Save as preset…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('small')
    await page.keyboard.press('Enter')
    await page.getByText('The preset small is saved.').waitFor()
    await write(page, 'op_invert=1')
    await page.getByRole('button', { name: 'Insert $small$' }).click()
    assert.match(await facts(page, '240 × 160'), /webp/)

    await page.getByRole('link', { name: 'Edit small' }).click()
    await page.getByRole('spinbutton', { name: 'wid' }).fill('120')
    await facts(page, '120 × 80')
    await page.getByRole('textbox', { name: 'Name' }).fill('tiny')
    await page.getByRole('button', { name: 'Save and rename' }).click()
    await page.waitForURL(/presets\/tiny$/)
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('There are no presets yet.').waitFor()
  })

  for (const [title, options] of [
    ['as usual', {}],
    ['dark and narrow', { colorScheme: 'dark', viewport: { width: 360, height: 740 } }],
  ] as const) {
    it(`has no barriers, and nothing to scroll sideways for, ${title}`, async () => {
      const page = await browser.open(service, options)
      await page.request.put('/devtool/api/images/presets/darkroom/card', {
        headers: { origin: service.origin },
        data: { commands: 'wid=400&hei=300&fit=crop' },
      })
      for (const address of [
        lab(
          'darkroom/harbour',
          '$card$&align=0,1&bgc=ff0000&layer=1,badge&text=Sale&effect=-1&$shadow$',
        ),
        '/#/images/presets/card',
      ]) {
        await page.goto(address)
        await facts(page, '400 × 300')
        assert.deepEqual(await findBarriers(page), [])
        const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
        assert.equal(await page.evaluate(wide), 0)
      }
    })
  }
})
