// What people who are signed in can set for themselves: keys instead of the mouse, listed by `?`, and more room between the rows. In Debian's
// Chromium; the list without JavaScript too. Screenshots are left in build/test/screenshots.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { person } from './people.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = join(root, 'build', 'test', 'screenshots')

let site, browser, focal, observer
before(async () => {
  mkdirSync(shots, { recursive: true })
  const data = sample()
  site = await serve(data)
  const list = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  const organisation = list.items.find(each => each.slug.startsWith('sample-')).slug
  focal = await person(site, data, { name: 'Айгүл', login: 'focal@example.org', role: 'focal_point', organisation })
  observer = await person(site, data, { language: 'en', name: 'Olivia', login: 'observer@example.org', role: 'observer' })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
})
after(async () => { await browser?.close(); await site?.stop() })

async function open (visitor, path, { width = 1280, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 720 : 900 }, ...options })
  if (visitor) {
    const [name, value] = visitor.cookie.split(/=(.*)/)
    await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }])
  }
  const page = await context.newPage()
  await page.goto(site.address + path, { waitUntil: 'load' })
  return { page, close: () => context.close() }
}

// The keys one after the other, and the page they lead to.
async function follow (page, keys, address) {
  for (const key of keys.slice(0, -1)) await page.keyboard.press(key)
  await Promise.all([page.waitForURL('**' + address), page.keyboard.press(keys.at(-1))])
  await page.waitForLoadState('load')
}
const listed = page => page.locator('dialog.shortcuts-list').evaluate(list => list.open)
const over = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
const at = page => page.evaluate(() => document.activeElement.textContent)

test('by keys alone from place to place', async () => {
  const { page, close } = await open(focal, '/ky/work')
  await follow(page, ['g', 'c'], '/ky/work/calendar')
  await follow(page, ['g', 'b'], '/ky/work/board')
  await follow(page, ['g', 't'], '/ky/work/table')
  await follow(page, ['g', 'h'], '/ky/work')
  await follow(page, ['n'], '/ky/work/activities/new')
  await page.keyboard.press('/')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'find')
  await page.keyboard.type('gc?n/')
  assert.equal(await page.inputValue('#find'), 'gc?n/', 'in a field they are letters')
  assert.equal(await listed(page), false)
  assert.equal(new URL(page.url()).pathname, '/ky/work/activities/new')
  await close()
})

test('the keys are the same where the keyboard is set to Cyrillic', async () => {
  const { page, close } = await open(focal, '/ky/work')
  const press = (key, code) => page.evaluate(([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true })), [key, code])
  await press('п', 'KeyG')
  await Promise.all([page.waitForURL('**/ky/work/board'), press('и', 'KeyB')])
  await close()
})

test('keys with Ctrl, Alt or Meta stay those of the browser and of screen readers', async () => {
  const { page, close } = await open(focal, '/ky/work')
  const left = await page.evaluate(() => ['ctrlKey', 'altKey', 'metaKey'].every(held =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', [held]: true, bubbles: true, cancelable: true }))))
  assert.ok(left, 'nothing took them')
  assert.equal(await listed(page), false)
  await close()
})

test('a question mark lists the keys of the page, and Escape leads back', async () => {
  const { page, close } = await open(focal, '/ky/work/table')
  await page.focus('nav.menu a')
  await page.keyboard.press('?')
  assert.ok(await listed(page))
  assert.ok(await page.evaluate(() => document.activeElement.closest('dialog') !== null))
  assert.ok((await page.textContent('dialog [data-rows]')).includes('j'))
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  assert.equal(new URL(page.url()).pathname, '/ky/work/table', 'behind the list nothing moves')
  await page.keyboard.press('Escape')
  assert.equal(await listed(page), false)
  assert.ok(await page.evaluate(() => document.activeElement.closest('nav.menu') !== null), 'where one was before')
  await page.focus('button.shortcuts-button')
  await page.keyboard.press('Enter')
  assert.ok(await listed(page), 'the sign in the bar opens it as well')
  await page.click('dialog a[data-keys="/"]')
  assert.equal(await page.evaluate(() => document.activeElement.id), 'find')
  await page.goto(site.address + '/ky/work/activities/new?kind=lecture', { waitUntil: 'load' })
  await page.keyboard.press('?')
  assert.equal(await page.locator('dialog [data-rows]:visible').count(), 0, 'no key to rows where there are none')
  await close()
})

test('j and k go from row to row, past what else a row holds', async () => {
  const { page, close } = await open(focal, '/ky/work/table')
  const titles = await page.locator('main tbody th a').allTextContents()
  assert.ok(titles.length > 2)
  for (const title of titles.slice(0, 3)) {
    await page.keyboard.press('j')
    assert.equal(await at(page), title)
  }
  await page.keyboard.press('k')
  assert.equal(await at(page), titles[1])
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  assert.equal(await at(page), titles[0], 'before the first there is none')
  await close()
})

test('the keys can be switched off on a device, and on again', async () => {
  const { page, close } = await open(focal, '/ky/work')
  await page.keyboard.press('?')
  await page.focus('dialog input[type=checkbox]')
  await page.keyboard.press('Space')
  await page.keyboard.press('Escape')
  for (const key of ['?', 'n', 'j']) await page.keyboard.press(key)
  assert.equal(await listed(page), false)
  await page.reload({ waitUntil: 'load' })
  await page.keyboard.press('?')
  assert.equal(await listed(page), false, 'it is remembered')
  await page.click('button.shortcuts-button')
  assert.equal(await page.isChecked('dialog input[type=checkbox]'), false)
  await page.check('dialog input[type=checkbox]')
  await page.click('dialog button')
  await page.keyboard.press('?')
  assert.ok(await listed(page))
  await close()
})

test('the list holds only what somebody may open', async () => {
  const { page, close } = await open(observer, '/en/work')
  await page.keyboard.press('n')
  assert.equal(await page.locator('[data-keys="n"]').count(), 0)
  for (const path of await page.locator('[data-keys]').evaluateAll(links => links.map(link => link.getAttribute('href')))) {
    await observer.open(path)
    assert.equal(observer.status, 200, path)
  }
  await close()
})

test('without JavaScript the list is folded away in the bar, and nothing is shown that needs it', async () => {
  for (const width of [360, 1280]) {
    const { page, close } = await open(focal, '/ru/work', { width, javaScriptEnabled: false })
    assert.equal(await page.locator('button.space').isVisible(), false)
    assert.equal(await page.locator('.shortcuts-list').isVisible(), false)
    await page.click('summary.shortcuts-button')
    assert.ok(await page.locator('.shortcuts-list noscript p').isVisible(), 'it says that the keys do nothing')
    assert.equal(await page.locator('.shortcuts-list input, .shortcuts-list button, .shortcuts-list [data-rows]').filter({ visible: true }).count(), 0)
    await page.screenshot({ path: join(shots, `shortcuts-plain-${width}.png`) })
    await Promise.all([page.waitForURL('**/ru/work/board'), page.click('.shortcuts-list a[data-keys="g b"]')])
    await close()
  }
})

for (const [width, colorScheme] of [[360, 'light'], [1280, 'dark']]) {
  test(`the list and comfortable rows fit a width of ${width}, and axe finds no barrier`, async () => {
    const { page, close } = await open(focal, '/ky/work/table', { width, colorScheme })
    await page.click('button.space')
    for (const language of ['ky', 'ru', 'en']) {
      for (const path of ['/work', '/work/table', '/work/calendar', '/work/calendar?view=week', '/work/board', '/work/activities/new?kind=lecture']) {
        await page.goto(`${site.address}/${language}${path}`, { waitUntil: 'load' })
        assert.ok(await over(page) <= 0, `${language}${path} hangs over`)
        if (language === 'ru') await page.screenshot({ path: join(shots, `comfortable-${width}-${path.replace(/[^a-z0-9]+/gi, '_')}.png`) })
        await page.keyboard.press('?')
        assert.ok(await listed(page))
        await page.evaluate(axe)
        const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
        assert.deepEqual(result.violations.map(each => `${each.id}: ${each.nodes[0].target}`), [], `${language}${path}`)
      }
      await page.screenshot({ path: join(shots, `shortcuts-${language}-${width}.png`) })
    }
    await close()
  })
}

test('comfortable rows are taller, from the first moment of the next page on, and on this device only', async () => {
  const { page, close } = await open(focal, '/ky/work/table')
  const height = () => page.locator('main tbody th').first().evaluate(cell => parseFloat(getComputedStyle(cell).paddingTop) + parseFloat(getComputedStyle(cell).paddingBottom))
  const compact = await height()
  assert.equal(await page.getAttribute('button.space', 'aria-pressed'), 'false')
  await page.focus('button.space')
  await page.keyboard.press('Enter')
  assert.equal(await page.getAttribute('button.space', 'aria-pressed'), 'true')
  const comfortable = await height()
  assert.ok(comfortable > compact, `${comfortable} after ${compact}`)
  // What the page looks like as soon as its body begins: before anything of it is drawn.
  await page.addInitScript(() => new MutationObserver((_, watching) => {
    if (!document.body) return
    watching.disconnect()
    window.spaceAtFirst = document.documentElement.dataset.space
  }).observe(document, { childList: true, subtree: true }))
  await page.goto(site.address + '/ru/work/table', { waitUntil: 'load' })
  assert.equal(await page.evaluate(() => window.spaceAtFirst), 'comfortable')
  assert.equal(await height(), comfortable)
  await page.click('button.space')
  await page.reload({ waitUntil: 'load' })
  assert.equal(await height(), compact)
  await close()
})

test('who is not signed in loads nothing of it', async () => {
  const { page, close } = await open(null, '/ky/activities')
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(each => each.name))
  assert.deepEqual(loaded.filter(name => /\/work/.test(name)), [])
  assert.equal(await page.locator('button.space, .shortcuts-button').count(), 0)
  await close()
})
