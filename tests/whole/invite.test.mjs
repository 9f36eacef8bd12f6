// A village invites the campaign with a form alone, in three languages; a coordinator plans from it and from a gap; a message of danger goes to the
// hotline. In Debian's Chromium nothing hangs over the edge and axe finds no barrier on any of these pages.
import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { Visitor, person } from './people.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = join(root, 'build', 'test', 'screenshots')

let site, data, browser, national, regional
before(async () => {
  mkdirSync(shots, { recursive: true })
  data = sample()
  site = await serve(data)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
  national = await person(site, data, { name: 'Нурлан', login: 'national@example.org', role: 'national_coordinator' })
  regional = await person(site, data, { name: 'Данияр', login: 'regional@example.org', role: 'regional_coordinator', region: 'naryn' })
})
after(async () => { await browser?.close(); await site?.stop() })

const typed = { place: 'Нарын', kind: 'lecture', wish: 'Мектепте чогулсак болот', month: '2026-11', audience: 'pupils', people: '60', contact_name: 'Жамиля', contact: '0555 98 76 54' }

test('a village invites the campaign, and its region plans from the invitation', async () => {
  const village = new Visitor(site.address)
  await village.open('/ky/invite?place=naryn')
  assert.equal(village.cookie, '', 'no cookie')
  assert.ok(village.html.indexOf('tel:1899', village.html.indexOf('<main')) < village.html.indexOf('<form', village.html.indexOf('<main')), 'the number stands before the form')
  await village.send('/invite', typed)
  assert.equal(village.status, 422, 'Нарын is several places')
  assert.ok(village.html.includes('Мектепте чогулсак болот') && village.html.includes('0555 98 76 54'), 'what was typed stays')
  await village.send('/invite', { place_choice: 'naryn-rayon' })
  assert.equal(village.status, 200, village.text().slice(0, 500))
  const number = village.html.match(/class="reference">([^<]+)/)[1]
  assert.match(number, /^[0-9a-z]{4}-[0-9a-z]{4}$/)
  assert.equal(village.cookie, '')

  await regional.open('/ky/work')
  const page = regional.html.match(/\/ky\/work\/invitations\/[0-9a-z]+/)[0]
  await regional.open('/ky/work/gaps')
  const rows = regional.html.slice(regional.html.indexOf('<tbody>'))
  assert.match(rows.slice(0, rows.indexOf('</tr>')), /gaps\/naryn-rayon/, 'who invited stands first')
  await regional.open(page)
  assert.ok(regional.text().includes('Жамиля') && regional.text().includes('+996 555 987 654') && regional.text().includes(number))
  const draft = regional.html.match(/href="(\/ky\/work\/activities\/new\?[^"]+)"/)[1].replaceAll('&amp;', '&')
  await regional.open(draft)
  assert.equal(regional.html.includes('Жамиля') || regional.html.includes('Мектепте'), false, 'no word is taken over')
  const organisation = (await (await fetch(`${site.address}/api/v1/organisations`)).json()).items.find(each => each.slug.startsWith('sample-')).slug
  await regional.send('/work/activities', { title: 'Айылдагы лекция', lead: organisation, start: '11:00', go: 'save' })
  assert.equal(regional.status, 200, regional.text().slice(0, 600))
  const activity = regional.at
  await regional.open(page)
  assert.ok(regional.html.includes(`href="${activity}"`), 'the invitation shows its activity')
})

test('a message of danger is passed to the hotline and hidden', async () => {
  const village = new Visitor(site.address)
  await village.open('/ru/invite')
  await village.send('/invite', { ...typed, place: 'Кочкорский район', wish: 'Бир кыз жардам сурап жатат' })
  assert.equal(village.status, 200)
  await national.open('/ru/work/invitations?place=kochkor')
  const page = national.html.match(/\/ru\/work\/invitations\/[0-9a-z]+/)[0]
  await national.open(page + '/pass')
  await national.send(page)
  assert.equal(national.at, page)
  assert.ok(national.html.includes('tel:1899'))
  const main = national.html.slice(national.html.indexOf('<main'))
  assert.ok(main.indexOf('<details') < main.indexOf('Бир кыз'), 'the text is folded away')
  await regional.open('/ky/work/invitations')
  assert.equal(regional.html.includes('Бир кыз'), false)
  await national.send(page, {})
  assert.equal(national.status, 200)
})

async function look (path, width, cookie, name) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, extraHTTPHeaders: cookie ? { cookie } : {} })
  const page = await context.newPage()
  await page.goto(site.address + path, { waitUntil: 'load' })
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.evaluate(axe)
  const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const found = result.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`)
  const status = await page.evaluate(() => document.querySelector('main h1')?.textContent ?? '')
  await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true })
  await context.close()
  assert.ok(over <= 0, `${path} hangs over by ${over} px at ${width}`)
  assert.deepEqual(found, [], `${path} at ${width}`)
  assert.ok(status.length > 3, path)
}

for (const width of [360, 1280]) {
  test(`the form, the planner and the invitations fit a width of ${width} and are without barriers`, async () => {
    for (const language of ['ky', 'ru', 'en']) {
      await look(`/${language}/invite`, width, '', `invite-${language}`)
      await look(`/${language}/work/gaps?region=all`, width, national.cookie, `gaps-${language}`)
      await look(`/${language}/work/gaps?view=weeks&region=naryn`, width, national.cookie, `gaps-weeks-${language}`)
      await look(`/${language}/work/gaps/kochkor`, width, national.cookie, `gap-${language}`)
      await look(`/${language}/work/invitations`, width, national.cookie, `invitations-${language}`)
    }
    await national.open('/ky/work/invitations')
    const page = national.html.match(/\/ky\/work\/invitations\/[0-9a-z]+/)[0]
    for (const language of ['ky', 'ru', 'en']) {
      await look(page.replace('/ky/', `/${language}/`), width, national.cookie, `invitation-${language}`)
      await look(page.replace('/ky/', `/${language}/`) + '/pass', width, national.cookie, `invitation-pass-${language}`)
    }
  })
}
