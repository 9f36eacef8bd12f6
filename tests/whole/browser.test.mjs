// The pages in Debian's Chromium: at the width of a cheap phone and of a desk, in three languages, without JavaScript; nothing hangs over the
// edge, axe finds no barrier, and a first visit is small. Screenshots are left in build/test/screenshots.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { documentedPages, findOne, mainPages, momentPages, moments } from './pages.mjs'

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

async function open (path, width, { javaScriptEnabled = false, colorScheme = 'light', address = site.address } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 720 : 900 }, javaScriptEnabled, colorScheme })
  const page = await context.newPage()
  await page.goto(address + path, { waitUntil: 'load' })
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

async function barriers (page) {
  await page.evaluate(axe)
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  return result.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`)
}

for (const width of widths) {
  for (const colorScheme of ['light', 'dark']) {
    test(`axe finds no barrier at ${width}, ${colorScheme}`, async () => {
      for (const path of [...mainPages, ...await findOne(site.address)]) {
        const { page, close } = await open('/ky' + path, width, { javaScriptEnabled: true, colorScheme })
        assert.deepEqual(await barriers(page), [], `${path} at ${width}`)
        await close()
      }
    })
  }
}

test('documented editions, and the sample at other moments, fit a telephone and have no barrier', async () => {
  const looks = async (path, address) => {
    const { page, close } = await open('/ky' + path, 360, { javaScriptEnabled: true, address })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(over <= 0, `${path} hangs over by ${over} px`)
    assert.deepEqual(await barriers(page), [], path)
    await close()
  }
  for (const path of documentedPages) await looks(path, site.address)
  for (const now of Object.values(moments)) {
    const then = await serve(sample(), { BIRGE_NOW: now })
    try {
      for (const path of momentPages) await looks(path, then.address)
    } finally {
      await then.stop()
    }
  }
})

const visited = mainPages

test('a first visit is at most 5 requests and 40 KB on the wire', async () => {
  for (const path of [...visited, ...await findOne(site.address)].map(each => '/ky' + each)) {
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

// What a page prints on A4: the file, and the text of each sheet.
async function printed (path) {
  const { page, close } = await open(path, 1280)
  const pdf = await page.pdf({ format: 'A4' })
  await close()
  return { pdf, sheets: spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).stdout.toString().split('\f').slice(0, -1) }
}
// Text as it can be compared however its lines were broken.
const unbroken = text => text.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/\u2011/g, '-').replace(/[\s\u2060]/g, '')
const insides = (html, pattern) => [...html.matchAll(pattern)].map(([, inside]) => inside.replace(/<[^>]*>/g, ''))

// Words of menu, languages and foot that stand nowhere else on the page.
function navigation (html) {
  const around = /<nav class="(?:menu|languages)"[\s\S]*?<\/nav>|<footer class="foot">[\s\S]*?<\/footer>/g
  const rest = unbroken(html.replace(around, '').replace(/<[^>]*>/g, ''))
  const words = insides(html.match(around).join(''), /<a [^>]*>([\s\S]*?)<\/(?:a|span)>/g).map(unbroken).filter(word => word !== '' && !rest.includes(word))
  assert.ok(words.length > 5, 'there is a navigation to leave out')
  return words
}

test('the poster of an activity is one sheet of A4 without navigation', async () => {
  const items = (await (await fetch(`${site.address}/api/v1/activities?limit=100`)).json()).items
  const longest = items.reduce((one, other) => (other.title + other.venue).length > (one.title + one.venue).length ? other : one)
  for (const language of ['ky', 'ru', 'en']) {
    for (const path of [(await findOne(site.address))[1], `/activities/${longest.id}/poster`].map(each => `/${language}${each}`)) {
      const html = await (await fetch(site.address + path)).text()
      const { pdf, sheets } = await printed(path)
      assert.equal(sheets.length, 1, path)
      const [, wide, high] = spawnSync('pdfinfo', ['-'], { input: pdf }).stdout.toString().match(/Page size:\s+([\d.]+) x ([\d.]+)/)
      assert.ok(Math.abs(wide - 595) < 2 && Math.abs(high - 842) < 2, `${path}: ${wide} x ${high}`)
      const text = unbroken(sheets[0])
      const [title] = insides(html, /<h1[^>]*>([\s\S]*?)<\/h1>/g)
      for (const word of [title, '1899', path.split('/')[3]]) assert.ok(text.includes(unbroken(word)), `${path}: ${word}`)
      assert.deepEqual(navigation(html).filter(word => text.includes(word)), [], path)
    }
  }
})

test('the agenda of a region prints its head on each sheet and no navigation', async () => {
  for (const language of ['ky', 'ru', 'en']) {
    const path = `/${language}/activities/sheet?place=bishkek&from=2026-09-11`
    const html = await (await fetch(site.address + path)).text()
    const head = insides(html.match(/<thead>[\s\S]*?<\/thead>/)[0], /<th [^>]*>([\s\S]*?)<\/th>/g)
    assert.equal(head.length, 5)
    const { sheets } = await printed(path)
    assert.ok(sheets.length > 1, 'so many activities take more than one sheet')
    // The last one may hold nothing but the numbers to call.
    for (const [i, sheet] of sheets.entries())
      if (i + 1 < sheets.length || /\d\d:\d\d\s?–\s?\d\d:\d\d/.test(sheet))
        for (const word of head) assert.ok(unbroken(sheet).includes(unbroken(word)), `${path}, sheet ${i + 1}: ${word}`)
    const text = unbroken(sheets.join(''))
    assert.ok(text.includes('1899'), 'the numbers to call')
    assert.deepEqual(navigation(html).filter(word => text.includes(word)), [], path)
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
