// The pages in Debian's Chromium: at the width of a cheap phone and of a desk, in three languages, without JavaScript; nothing hangs over the
// edge, axe finds no barrier, and a first visit is small. Screenshots are left in build/test/screenshots.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { findOne, mainPages } from './pages.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = join(root, 'build', 'test', 'screenshots')
const widths = [360, 1280]

let site, browser
before(async () => {
  mkdirSync(shots, { recursive: true })
  site = await serve(sample())
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
})
after(async () => { await browser?.close(); await site?.stop() })

async function open (path, width, { javaScriptEnabled = false, colorScheme = 'light' } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 720 : 900 }, javaScriptEnabled, colorScheme })
  const page = await context.newPage()
  await page.goto(site.address + path, { waitUntil: 'load' })
  return { page, close: () => context.close() }
}

for (const language of ['ky', 'ru', 'en']) {
  for (const width of widths) {
    test(`every page fits a width of ${width} in ${language} without JavaScript`, async () => {
      for (const path of [...mainPages, ...await findOne(site.address)]) {
        // Without JavaScript nothing can be measured from inside, so the layout is measured through a context that runs only our question.
        const { page, close } = await open(`/${language}${path}`, width, { javaScriptEnabled: true })
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        assert.ok(over <= 0, `${language}${path} hangs over by ${over} px at ${width}`)
        await close()
        const plain = await open(`/${language}${path}`, width)
        const name = `${language}-${width}-${path.replace(/[^a-z0-9]+/gi, '_').replace(/^_|_$/g, '') || 'home'}`
        await plain.page.screenshot({ path: join(shots, name.slice(0, 80) + '.png'), fullPage: true })
        assert.ok((await plain.page.textContent('main')).trim().length > 20)
        await plain.close()
      }
    })
  }
}

for (const width of widths) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds no barrier at ${width}, ${colorScheme}`, async () => {
      for (const path of [...mainPages, ...await findOne(site.address)]) {
        const { page, close } = await open('/ky' + path, width, { javaScriptEnabled: true, colorScheme })
        await page.evaluate(axe)
        const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
        const found = result.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`)
        assert.deepEqual(found, [], `${path} at ${width}`)
        await close()
      }
    })
  }
}

test('a first visit is at most 5 requests and 40 KB on the wire', async () => {
  for (const path of ['/ky/', '/ky/activities', '/ky/figures', '/ky/regions', ...(await findOne(site.address)).map(each => '/ky' + each)]) {
    const context = await browser.newContext({ viewport: { width: 360, height: 720 } })
    const page = await context.newPage()
    const network = await context.newCDPSession(page)
    await network.send('Network.enable')
    let bytes = 0
    let requests = 0
    const inside = new Set() // pictures that stand in the stylesheet itself
    network.on('Network.requestWillBeSent', event => { if (event.request.url.startsWith('data:')) inside.add(event.requestId) })
    network.on('Network.loadingFinished', event => {
      // Nothing came over the wire for what the browser has already: the sprite is the icon of the site too.
      if (inside.has(event.requestId) || event.encodedDataLength === 0) return
      bytes += event.encodedDataLength
      requests++
    })
    await page.goto(site.address + path, { waitUntil: 'networkidle' })
    assert.ok(requests <= 5, `${path}: ${requests} requests`)
    assert.ok(bytes <= 40 * 1024, `${path}: ${bytes} bytes`)
    await context.close()
  }
})

test('the colours can be switched and stay so', async () => {
  const { page, close } = await open('/ky/', 1280, { javaScriptEnabled: true })
  await page.click('button.theme')
  const theme = await page.evaluate(() => document.documentElement.dataset.theme)
  assert.ok(['light', 'dark'].includes(theme))
  await page.goto(site.address + '/ru/activities')
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), theme)
  await close()
})

test('no printed page of figures leaves its last lines alone on a sheet', async () => {
  for (const language of ['ky', 'ru', 'en'])
    for (const path of ['/figures', '/figures/districts', '/figures?place=batken', '/figures/organisations']) {
      const { page, close } = await open(`/${language}${path}`, 1280)
      const printed = spawnSync('pdftotext', ['-layout', '-', '-'], { input: await page.pdf({ format: 'A4' }) }).stdout.toString()
      const last = printed.split('\f').at(-2).split('\n').filter(line => line.trim() !== '')
      assert.ok(last.length > 5, `${language}${path}: ${last.join(' | ')}`)
      await close()
    }
})

test('the main path works by keyboard alone', async () => {
  const { page, close } = await open('/ky/', 1280, { javaScriptEnabled: true })
  await page.keyboard.press('Tab')
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip')
  await page.keyboard.press('Enter')
  assert.equal(new URL(page.url()).hash, '#main')
  await page.focus('nav.menu a')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/activities')
  await page.focus('li.row a')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/activities/*')
  await close()
})
