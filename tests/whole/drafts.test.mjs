// What is typed into the workspace's forms is never lost: reload, no connection, an answer that got lost on the way, a page that came back with
// faults; and what waits on a device belongs to one person. Counting heads with a keypad for thumbs.
import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { person } from './people.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')

let site, data, browser, focal, other
before(async () => {
  data = sample()
  site = await serve(data)
  const list = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  const organisations = list.items.filter(each => each.slug.startsWith('sample-')).map(each => each.slug)
  focal = await person(site, data, { language: 'ru', name: 'Айгүл', login: 'focal@example.org', role: 'focal_point', organisation: organisations[0] })
  other = await person(site, data, { language: 'ru', name: 'Данияр', login: 'other@example.org', role: 'focal_point', organisation: organisations[1] })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
})
after(async () => { await browser?.close(); await site?.stop() })

async function enter (context, visitor) {
  const [name, value] = visitor.cookie.split('=')
  await context.clearCookies()
  await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }])
}

async function device (visitor, options = {}) {
  const context = await browser.newContext({ viewport: { width: 360, height: 720 }, ...options })
  await enter(context, visitor)
  const page = await context.newPage()
  page.on('dialog', dialog => dialog.accept())
  return { context, page }
}

// No connection: nothing leaves the page at all (the browser's own switch lets through what is already on its way).
const offline = page => page.route('**/*', route => route.abort('internetdisconnected'))
async function online (page) {
  await page.unroute('**/*')
  await page.evaluate(() => dispatchEvent(new Event('online')))
}

const form = '/ru/work/activities/new?kind=lecture'

async function fill (page, title) {
  await page.fill('#title', title)
  await page.fill('#day', '2026-10-28')
  await page.fill('#start', '14:00')
  await page.fill('#place', 'Ат-Башы району')
  await page.check('input[name=audience] >> nth=0')
  await page.fill('#expected', '40')
}

const kept = page => page.waitForSelector('.kept-at')

// How often the person's list names it.
async function times (title) {
  await focal.open('/ru/work/activities')
  return focal.html.split(title).length - 1
}

test('a reload loses nothing, and what came back can be thrown away', async () => {
  const { context, page } = await device(focal)
  await page.goto(site.address + form)
  assert.equal(await page.locator('.notice.kept').count(), 0, 'nothing was typed yet')
  await fill(page, 'Лекция до перезагрузки')
  await kept(page)
  await page.reload()
  await page.waitForSelector('.notice.kept')
  assert.equal(await page.inputValue('#title'), 'Лекция до перезагрузки')
  assert.equal(await page.inputValue('#place'), 'Ат-Башы району')
  assert.equal(await page.isChecked('input[name=audience] >> nth=0'), true)
  await page.click('.notice.kept button')
  await page.waitForFunction(() => document.querySelector('#title')?.value === '')
  await page.reload()
  assert.equal(await page.locator('.notice.kept').count(), 0)
  await context.close()
})

test('without a connection the form waits on the device and is stored once when there is one', async () => {
  const { context, page } = await device(focal)
  const title = 'Лекция без связи'
  await page.goto(site.address + form)
  await fill(page, title)
  await offline(page)
  await page.click('button[value=save]')
  await page.waitForSelector('.unsent')
  assert.ok((await page.textContent('.unsent')).includes('нет связи'))
  assert.equal(await page.inputValue('#title'), title, 'it stands where it was typed')
  assert.equal(await times(title), 0)
  await online(page)
  await page.waitForURL(/\/ru\/work\/activities\/[0-9a-z]+$/)
  assert.equal(await times(title), 1)
  await page.goto(site.address + form)
  assert.equal(await page.locator('.unsent, .notice.kept').count(), 0, 'what is stored waits no longer')
  await context.close()
})

test('an answer that is lost on the way doubles nothing, and another page sends what waits', async () => {
  const { context, page } = await device(focal)
  const title = 'Лекция с потерянным ответом'
  await page.goto(site.address + form)
  await fill(page, title)
  const posts = address => address.pathname.endsWith('/work/activities')
  await page.route(posts, async route => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch({ maxRedirects: 0 })
    await route.abort('connectionreset')
  })
  await page.click('button[value=save]')
  await page.waitForSelector('.unsent')
  assert.equal(await times(title), 1, 'the server has it although the device does not know')
  await page.unroute(posts)
  await page.goto(site.address + '/ru/work')
  await page.waitForSelector('#keeper >> text=/^Отправлено: /')
  assert.equal(await times(title), 1)
  await context.close()
})

test('a step that was made although its answer got lost is told as sent, not as refused', async () => {
  const { context, page } = await device(focal)
  await page.goto(site.address + form)
  await fill(page, 'Лекция с потерянным шагом')
  await Promise.all([page.waitForURL(/activities\/[0-9a-z]{6,}$/), page.click('button[value=save]')])
  const activity = page.url()
  await page.goto(activity + '/propose')
  await page.route('**/propose', async route => {
    if (route.request().method() !== 'POST') return route.continue()
    await route.fetch({ maxRedirects: 0 })
    await route.abort('connectionreset')
  })
  await page.click('main form .button:not(.second)')
  await page.waitForSelector('.unsent')
  await page.unroute('**/propose')
  await focal.ask(new URL(activity).pathname + '/propose')
  assert.equal(focal.status, 403, 'the page no longer has the form')
  await page.goto(site.address + '/ru/work')
  await page.waitForSelector('#keeper >> text=/^Отправлено: /')
  assert.equal(await page.locator('.unsent').count(), 0)
  await context.close()
})

test('two tabs with the same form keep apart what is typed into them, and what a closed one left comes back', async () => {
  const { context, page: first } = await device(focal)
  const second = await context.newPage()
  const restored = async (page, title) => {
    await page.reload()
    await page.waitForSelector('.notice.kept')
    assert.equal(await page.inputValue('#title'), title)
  }
  await first.goto(site.address + form)
  await fill(first, 'Лекция первой вкладки')
  await kept(first)
  await second.goto(site.address + form)
  await fill(second, 'Лекция второй вкладки')
  await kept(second)
  await restored(second, 'Лекция второй вкладки')
  await restored(first, 'Лекция первой вкладки')
  await first.click('button[value=save]')
  await first.waitForURL(/\/ru\/work\/activities\/[0-9a-z]+$/)
  await restored(second, 'Лекция второй вкладки')
  await second.click('button[value=save]')
  await second.waitForURL(/\/ru\/work\/activities\/[0-9a-z]+$/)
  assert.equal(await times('Лекция первой вкладки'), 1)
  assert.equal(await times('Лекция второй вкладки'), 1)
  await first.goto(site.address + form)
  await fill(first, 'Лекция закрытой вкладки')
  await kept(first)
  await first.close()
  await second.goto(site.address + form)
  await second.waitForSelector('.notice.kept')
  assert.equal(await second.inputValue('#title'), 'Лекция закрытой вкладки')
  await context.close()
})

test('of several drafts of a form the one is opened that was asked for', async () => {
  const { context, page: first } = await device(focal)
  const second = await context.newPage()
  await first.goto(site.address + form)
  await fill(first, 'Лекция, которую не дописали')
  await kept(first)
  await second.goto(site.address + form)
  await fill(second, 'Лекция, которая ждёт связи')
  await offline(second)
  await second.click('button[value=save]')
  await second.waitForSelector('.unsent')
  await second.close()
  await first.goto(site.address + '/ru/work/news')
  await first.route('**/ru/work/activities', route => route.abort('internetdisconnected'))
  await first.reload()
  await first.click('.unsent a')
  await first.waitForSelector('.notice.kept')
  assert.equal(await first.inputValue('#title'), 'Лекция, которая ждёт связи')
  const third = await context.newPage()
  await third.goto(site.address + form)
  await third.waitForSelector('.notice.kept')
  assert.equal(await third.inputValue('#title'), 'Лекция, которую не дописали')
  await context.close()
})

test('who types before a draft has come back loses neither', async () => {
  const { context, page } = await device(focal)
  await page.goto(site.address + form)
  await fill(page, 'Лекция, начатая раньше')
  await kept(page)
  await page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => {
    const title = document.querySelector('#title')
    if (!title) return
    title.value = 'Лекция, начатая сразу'
    title.dispatchEvent(new Event('input', { bubbles: true }))
  }))
  await page.reload()
  await kept(page)
  assert.equal(await page.inputValue('#title'), 'Лекция, начатая сразу')
  assert.equal(await page.locator('.notice.kept').count(), 0)
  const other = await context.newPage()
  await other.goto(site.address + form)
  await other.waitForSelector('.notice.kept')
  assert.equal(await other.inputValue('#title'), 'Лекция, начатая раньше')
  await context.close()
})

test('a form that the server wants corrected shows its faults where it stands and keeps what was typed after a reload too', async () => {
  const { context, page } = await device(focal)
  await page.goto(site.address + form)
  await fill(page, 'Лекция с ошибкой')
  await page.fill('#place', 'Нигде')
  await page.click('button[value=save]')
  await page.waitForSelector('.field.wrong #place')
  assert.equal(await page.inputValue('#title'), 'Лекция с ошибкой')
  assert.ok(page.url().endsWith(form))
  await page.reload()
  await page.waitForSelector('.notice.kept')
  assert.equal(await page.inputValue('#place'), 'Нигде')
  await page.fill('#place', 'Ат-Башы району')
  await page.click('button[value=save]')
  await page.waitForURL(/\/ru\/work\/activities\/[0-9a-z]+$/)
  assert.equal(await times('Лекция с ошибкой'), 1)
  await context.close()
})

test('another person on the same device sees and sends nothing of it, and signing out deletes it', async () => {
  const { context, page } = await device(focal)
  const title = 'Лекция первого'
  await page.goto(site.address + form)
  await fill(page, title)
  await offline(page)
  await page.click('button[value=save]')
  await page.waitForSelector('.unsent')
  await page.goto('about:blank')
  await page.unroute('**/*')
  await enter(context, other)
  await page.goto(site.address + form)
  await page.waitForLoadState('networkidle')
  assert.equal(await page.locator('.unsent, .notice.kept').count(), 0)
  assert.equal(await page.inputValue('#title'), '')
  assert.equal(await times(title), 0)

  await page.fill('#title', 'Черновик второго')
  await kept(page)
  await page.click('form[action$="/sign-out"] button')
  await page.waitForURL(address => !address.pathname.includes('/work'))
  const left = await page.evaluate(() => new Promise(resolve => {
    indexedDB.open('birge', 1).onsuccess = event => { event.target.result.transaction('draft').objectStore('draft').getAll().onsuccess = all => resolve(all.target.result.map(draft => draft.fields)) }
  }))
  assert.equal(JSON.stringify(left).includes('Черновик второго'), false)
  await context.close()
})

test('heads are counted with the thumb, and the sum grows with them', async () => {
  const { context, page } = await device(focal, { hasTouch: true, isMobile: true })
  await page.goto(site.address + form)
  await fill(page, 'Лекция для счёта')
  await page.fill('#day', '2026-10-19')
  await page.click('button[value=save]')
  await page.waitForURL(/\/ru\/work\/activities\/[0-9a-z]+$/)
  await page.goto(page.url() + '/report')
  const first = page.locator('.counts input').first()
  await first.tap()
  const key = name => page.locator('.keypad').getByRole('button', { name, exact: true })
  await key('1').tap()
  await key('2').tap()
  await key('+1').tap()
  assert.equal(await first.inputValue(), '13')
  await key('Следующее поле').tap()
  await key('7').tap()
  assert.equal(await page.locator('.counts input').nth(1).inputValue(), '7')
  assert.ok((await page.textContent('.keypad .sum')).includes('20'))
  await key('Стереть').tap()
  assert.ok((await page.textContent('.sum-below')).includes('13'))
  await page.locator('h1').tap()
  assert.equal(await page.isVisible('.keypad'), false)
  const fields = await page.locator('.counts input').count()
  for (const [width, height] of [[360, 740], [360, 640], [360, 560], [320, 480]]) {
    await page.setViewportSize({ width, height })
    await page.locator('.counts input').first().tap()
    for (let i = 0; i < fields; ++i) {
      const seen = await page.evaluate(() => {
        const of = element => element.getBoundingClientRect()
        const field = document.activeElement
        const row = of(field.closest('tr'))
        return { row: [row.top, row.bottom], free: [of(document.querySelector('.hotline')).bottom, of(document.querySelector('.keypad')).top],
          name: document.querySelector('.keypad .counted').textContent === field.getAttribute('aria-label') }
      })
      assert.ok(seen.row[0] >= seen.free[0] && seen.row[1] <= seen.free[1], `${width} x ${height}, field ${i}: ${JSON.stringify(seen)}`)
      assert.ok(seen.name)
      await key('Следующее поле').tap()
    }
    assert.equal(await page.isVisible('.keypad'), false, 'behind the last field it goes')
  }
  await context.close()
})
