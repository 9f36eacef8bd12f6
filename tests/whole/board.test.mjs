// Seeing together: the calendar by mouse, by keyboard and without JavaScript; the board; the table with steps for many and a file read back. In
// Debian's Chromium, with people of several roles on the sample edition.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { formsOf, person } from './people.mjs'
import { draft } from './scene.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = join(root, 'build', 'test', 'screenshots')
const views = ['/work/calendar', '/work/calendar?view=week', '/work/calendar?view=list', '/work/board', '/work/table']

let site, data, organisation, browser, focal, regional, observer
before(async () => {
  mkdirSync(shots, { recursive: true })
  data = sample()
  site = await serve(data)
  const list = await (await fetch(`${site.address}/api/v1/organisations`)).json()
  organisation = list.items.find(each => each.slug.startsWith('sample-')).slug
  focal = await person(site, data, { name: 'Айгүл', login: 'focal@example.org', role: 'focal_point', organisation })
  regional = await person(site, data, { language: 'ru', name: 'Данияр', login: 'regional@example.org', role: 'regional_coordinator', region: 'naryn' })
  observer = await person(site, data, { language: 'en', name: 'Olivia', login: 'observer@example.org', role: 'observer' })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
})
after(async () => { await browser?.close(); await site?.stop() })

// A page of somebody who is signed in already.
async function open (visitor, path, width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: width === 360 ? 720 : 900 } })
  const [name, value] = visitor.cookie.split(/=(.*)/)
  await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }])
  const page = await context.newPage()
  await page.goto(site.address + path, { waitUntil: 'load' })
  return { page, close: () => context.close() }
}

// A proposal of the focal point in Naryn; early in the morning, so that it stands on top of its day.
let hour = 0
async function proposal (title, day) {
  await focal.open('/ky/work/activities/new?kind=lecture')
  const start = `0${Math.floor(hour / 60)}:${String(hour++ % 60).padStart(2, '0')}`
  await focal.send('/work/activities', { title, day, start, place: 'Нарын', audience: ['pupils'], expected: '40', go: 'propose' })
  await focal.send('/work/activities', { place_choice: 'naryn', go: 'propose' })
  const id = focal.at.match(/activities\/([0-9a-z]+)\/propose/)[1]
  await focal.send('/propose')
  return id
}
async function approved (title, day) {
  const id = await proposal(title, day)
  await regional.open(`/ru/work/activities/${id}`)
  await regional.send('/approve')
  assert.equal(regional.status, 200)
  return id
}
const dayOf = async id => (await (await fetch(`${site.address}/api/v1/activities/${id}`)).json()).day

test('without JavaScript an activity moves through a link and a form, and the step can be taken back', async () => {
  const id = await approved('Жылдырылуучу лекция', '2026-10-27')
  await focal.open('/ky/work/calendar?day=2026-10-27')
  const link = focal.html.match(new RegExp(`href="([^"]*${id}/move\\?[^"]*)"`))
  assert.ok(link, 'the calendar leads to the form of the move')
  await focal.open(link[1].replaceAll('&amp;', '&').replace('day=2026-10-27', 'day=2026-10-29'))
  assert.match(focal.html, /name="day" value="2026-10-29"/)
  await focal.send('/move', { reason: '' })
  assert.equal(focal.status, 422, 'a reason is needed')
  assert.equal(await dayOf(id), '2026-10-27')
  await focal.send('/move', { reason: 'Мектепте экзамен' })
  assert.equal(await dayOf(id), '2026-10-29')
  assert.match(focal.at, /\/work\/calendar\?.*done=/, 'back to the calendar')
  await focal.send('/undo')
  assert.equal(await dayOf(id), '2026-10-27')
})

test('dragged to another day, nothing changes before the reason is sent', async () => {
  const id = await approved('Сүйрөлүүчү лекция', '2026-10-27')
  const { page, close } = await open(focal, '/ky/work/calendar?day=2026-10-27')
  const entry = page.locator(`li.entry:has(a[href*="${id}"])`)
  await entry.dragTo(page.locator('td[data-day="2026-10-22"]'))
  const dialog = page.locator('dialog[open]')
  await dialog.waitFor()
  assert.equal(await dayOf(id), '2026-10-27')
  assert.equal(await dialog.locator('[name="day"]').inputValue(), '2026-10-22')
  await dialog.locator('[name="reason"]').fill('Спортзал бош эмес')
  await page.screenshot({ path: join(shots, 'move-dialog.png') })
  await Promise.all([page.waitForURL(/done=/), dialog.locator('button.button').click()])
  assert.equal(await dayOf(id), '2026-10-22')
  assert.ok(await page.locator(`form[action$="/${id}/undo"]`).count(), 'it can be taken back')
  assert.ok(await page.locator(`td[data-day="2026-10-22"] a[href*="${id}"]`).count())
  await close()
})

// Takes what stands at one place to another as a hand does, in small steps.
async function drag (page, from, to) {
  const middle = async locator => { const box = await locator.boundingBox(); return [box.x + box.width / 2, box.y + box.height / 2] }
  const [x, y] = await middle(from)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 8, y + 8, { steps: 4 })
  await page.mouse.move(...await middle(to), { steps: 8 })
  await page.mouse.up()
}

// In week and list each day is a section; the month was tried above.
for (const [view, title] of [['week', 'Апталык лекция'], ['list', 'Тизмедеги лекция']]) {
  test(`in the ${view} an activity is dragged to another day, and moved by keyboard as well`, async () => {
    const moved = await approved(title, '2026-10-27')
    await approved(`${title}: коңшусу`, '2026-10-29') // a list shows only days that hold something
    const { page, close } = await open(focal, `/ky/work/calendar?view=${view}&day=2026-10-27`)
    await page.setViewportSize({ width: 1280, height: 3000 }) // both days are in sight
    const row = page.locator(`li.row:has(a[href*="${moved}"]) .when`)
    const dialog = page.locator('dialog[open]')
    await drag(page, row, page.locator('section[data-day="2026-10-27"] h2'))
    assert.equal(await dialog.count(), 0, 'on its own day nothing is asked')
    await drag(page, row, page.locator('section[data-day="2026-10-29"] h2'))
    await dialog.waitFor()
    assert.equal(await dialog.locator('[name="day"]').inputValue(), '2026-10-29')
    assert.equal(await dayOf(moved), '2026-10-27', 'nothing changes before the reason is sent')
    await dialog.locator('[name="reason"]').fill('Спортзал бош эмес')
    await Promise.all([page.waitForURL(/done=/), dialog.locator('button.button').click()])
    assert.equal(await dayOf(moved), '2026-10-29')
    assert.equal(new URL(page.url()).searchParams.get('view'), view, 'back to the same view')
    assert.ok(await page.locator(`section[data-day="2026-10-29"] a[href*="${moved}"]`).count())

    await page.locator(`a[data-move][href*="${moved}"]`).focus()
    await page.keyboard.press('Enter')
    await dialog.waitFor()
    await dialog.locator('[name="day"]').focus()
    await page.keyboard.type('10282026')
    await dialog.locator('[name="reason"]').focus()
    await page.keyboard.type('Жол жабык')
    await page.keyboard.press('Tab')
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')])
    await close()
    assert.equal(await dayOf(moved), '2026-10-28')
  })
}

test('a draft that is dragged opens its form on the new day, and for who may not move it nothing happens', async () => {
  const planned = await draft(focal, 'Сүйрөлгөн долбоор', '2026-10-27')
  const others = await approved('Байкоочу көргөн лекция', '2026-10-27')
  const rowOf = (page, id) => page.locator(`li.row:has(a[href*="${id}"]) .when`)
  const other = page => page.locator('section[data-day="2026-10-29"] h2')
  const { page, close } = await open(focal, '/ky/work/calendar?view=week&day=2026-10-27')
  await page.setViewportSize({ width: 1280, height: 3000 })
  await Promise.all([page.waitForURL(/\/edit\?day=2026-10-29/), drag(page, rowOf(page, planned), other(page))])
  assert.equal(await page.inputValue('#day'), '2026-10-29')
  await close()
  const watching = await open(observer, '/en/work/calendar?view=week&day=2026-10-27')
  await watching.page.setViewportSize({ width: 1280, height: 3000 })
  const before = watching.page.url()
  await drag(watching.page, rowOf(watching.page, others), other(watching.page))
  assert.equal(await watching.page.locator('dialog[open]').count(), 0)
  assert.equal(watching.page.url(), before)
  assert.equal(await dayOf(others), '2026-10-27')
  await watching.close()
})

test('by keyboard alone: the form opens, Escape changes nothing, Enter moves', async () => {
  const id = await approved('Баскычтоп лекциясы', '2026-10-26')
  const { page, close } = await open(focal, '/ky/work/calendar?day=2026-10-27')
  const link = page.locator(`a[data-move][href*="${id}"]`)
  await link.focus()
  await page.keyboard.press('Enter')
  await page.locator('dialog[open]').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('dialog.move-dialog').waitFor({ state: 'detached' })
  assert.ok(await link.evaluate(each => each === document.activeElement), 'focus comes back')
  await page.keyboard.press('Enter')
  await page.locator('dialog[open] [name="reason"]').waitFor()
  await page.locator('dialog[open] [name="day"]').fill('2026-10-30')
  await page.locator('dialog[open] [name="reason"]').focus()
  await page.keyboard.type('Жол жабык')
  await page.keyboard.press('Tab')
  await Promise.all([page.waitForURL(/done=/), page.keyboard.press('Enter')])
  assert.equal(await dayOf(id), '2026-10-30')
  await close()
})

test('who may not move an activity is offered no way to', async () => {
  const id = await approved('Башканын лекциясы', '2026-10-28')
  for (const view of ['month', 'week', 'list']) {
    await observer.open(`/en/work/calendar?view=${view}&day=2026-10-28`)
    assert.ok(observer.html.includes(id))
    assert.equal(observer.html.includes('/move?'), false)
  }
})

test('a step made on the board leads back to it', async () => {
  const id = await proposal('Тактадагы сунуш', '2026-10-25')
  await regional.open('/ru/work/board')
  await regional.send(`/${id}/approve`)
  assert.match(regional.at, /\/work\/board\?done=/)
  assert.ok(regional.text().includes('Тактадагы сунуш'))
  assert.ok(regional.html.includes(`/${id}/undo`))
})

test('many are approved at once, and each that was not says why', async () => {
  const ids = [await proposal('Топтук биринчи', '2026-10-29'), await proposal('Топтук экинчи', '2026-10-30')]
  const answered = await approved('Топтук үчүнчү', '2026-10-30')
  await regional.open('/ru/work/table?state=proposed&q=%D0%A2%D0%BE%D0%BF%D1%82%D1%83%D0%BA')
  const values = ids.map(id => regional.html.match(new RegExp(`value="(${id}\\.\\d+)"`))[1])
  await regional.send('/work/table/steps', { step: 'approve', row: [...values, `${answered}.1`] })
  assert.match(regional.text(), /Это будет сделано для 3 мероприятий/)
  assert.equal((await (await fetch(`${site.address}/api/v1/activities/${ids[0]}`)).json()).state, undefined, 'nothing is done before it was asked once more')
  await regional.send('/work/table/steps')
  assert.equal(regional.status, 200)
  assert.match(regional.text(), /Топтук биринчи/)
  for (const id of ids) assert.equal((await (await fetch(`${site.address}/api/v1/activities/${id}`)).json()).state, 'approved')
  assert.match(regional.html, /Топтук үчүнчү[\s\S]*?tag attention[\s\S]*?Топтук биринчи/, 'the one that was answered before is refused in the same answer')
})

test('ten thousand ticked rows are refused with a clear sentence, and cost little', async () => {
  await regional.open('/ru/work/table')
  const form = formsOf(regional.html).find(each => each.action.endsWith('/work/table/steps'))
  const body = new URLSearchParams(form.fields)
  body.set('step', 'approve')
  for (let i = 0; i < 10000; i++) body.append('row', `${String(i).padStart(13, '0')}.1`)
  const began = performance.now()
  await regional.ask(form.action, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  assert.equal(regional.status, 413)
  assert.match(regional.text(), /Выберите меньше строк/)
  assert.ok(performance.now() - began < 2000)
})

// A CSV file as rows of cells.
function rowsOf (text) {
  const rows = [[]]
  for (const [, quoted, plain, end] of text.replace(/^\uFEFF/, '').matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1).push(quoted !== undefined ? quoted.replaceAll('""', '"') : plain)
    if (end === '\r\n') rows.push([])
    if (end === '') break
  }
  return rows.filter(row => row.length > 1)
}

test('a file holds exactly what the table shows', async () => {
  await proposal('=1+1', '2026-10-29')
  const query = 'state=proposed&sort=-day&column=day&column=kind'
  await focal.open(`/ky/work/table?${query}`)
  const shown = [...focal.html.matchAll(/<th scope="row"><a [^>]*>([^<]*)<\/a>/g)].map(([, title]) => title)
  await focal.open(`/ky/work/table/export?format=csv&${query}`)
  const rows = rowsOf(focal.html)
  assert.deepEqual(rows.slice(1).map(row => row[0].replace(/^'/, '')), shown)
  assert.equal(rows[0].length, 4, 'title, day, kind, and that it is sample data')
  const dangerous = rows.find(row => row[0].includes('1+1'))
  assert.equal(dangerous[0][0], '\'', 'a spreadsheet shows it and does not run it')
  assert.deepEqual(rows.slice(1).map(row => row[1]), rows.slice(1).map(row => row[1]).sort().reverse())
})

test('a view is saved under a name, shared, and deleted', async () => {
  const colleague = await person(site, data, { name: 'Бакыт', login: 'colleague@example.org', role: 'member', organisation })
  await focal.open('/ky/work/table?state=proposed&column=day')
  await focal.send('/work/table/views', { name: 'Күтүп турат', share: '1' })
  assert.match(focal.at, /state=proposed&column=day/)
  await colleague.open('/ky/work/table')
  assert.ok(colleague.text().includes('Күтүп турат'))
  const form = formsOf(focal.html).find(each => /\/views\/[0-9a-z]+$/.test(each.action))
  await colleague.ask(form.action, { method: 'POST', body: new URLSearchParams(formsOf(colleague.html)[0].fields.filter(([name]) => name === 'form_token').concat([['act', 'delete']])), headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  assert.equal(colleague.status, 404, 'shared with, but not theirs')
  await focal.send(form.action.replace(/^\/ky/, ''), { act: 'delete' })
  await focal.open('/ky/work/table')
  assert.equal(focal.text().includes('Күтүп турат'), false)
})

test('the usual columns of the table are seen whole at 1280 px, and scroll in a frame of their own where there is less', async () => {
  const lists = ['/work/table', '/work/table?state=reported', '/work/table?late=1']
  for (const [visitor, language] of [[regional, 'ky'], [regional, 'ru'], [regional, 'en']]) {
    for (const list of lists) {
      for (const width of [1280, 1024, 768, 640]) {
        const { page, close } = await open(visitor, `/${language}${list}`, width)
        const seen = await page.evaluate(() => {
          const frame = document.querySelector('.broad')
          return { over: frame.scrollWidth - frame.clientWidth, page: document.documentElement.scrollWidth - innerWidth, scrolls: getComputedStyle(frame).overflowX }
        })
        if (width === 1280) assert.equal(seen.over, 0, `${language}${list} is cut off`)
        assert.ok(seen.page <= 0, `${language}${list} at ${width} widens the page`)
        assert.equal(seen.scrolls, 'auto')
        await close()
      }
    }
  }
})

for (const width of [360, 1280]) {
  test(`the views fit a width of ${width}, and axe finds no barrier`, async () => {
    for (const [visitor, language] of [[focal, 'ky'], [regional, 'ru'], [observer, 'en']]) {
      for (const view of views) {
        const { page, close } = await open(visitor, `/${language}${view}`, width)
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        assert.ok(over <= 0, `${language}${view} hangs over by ${over} px`)
        await page.screenshot({ path: join(shots, `together-${language}-${width}${view.replace(/\W+/g, '_')}.png`), fullPage: true })
        if (visitor !== regional) { // the one with most steps in it
          await close()
          continue
        }
        await page.evaluate(axe)
        const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
        const found = result.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`)
        assert.deepEqual(found, [], `${language}${view} at ${width}`)
        await close()
      }
    }
  })
}
