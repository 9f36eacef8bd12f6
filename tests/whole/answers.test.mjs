// The pages that answer a form: what is refused, with its faults; what is asked once more; both versions where two people worked on the same; what
// stands there after something was stored. Forms are sent as a browser without JavaScript sends them, and each answer is looked at in Debian's Chromium
// at the width of a cheap phone and of a desk: nothing hangs over the edge, and axe finds no barrier.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { folder, root, sample, serve } from './birge.mjs'
import { Visitor } from './people.mjs'
import { draft, makePeople, makeScene, result, sendFile, settled, step } from './scene.mjs'

const require = createRequire(join(root, 'tests', 'package.json'))
const { chromium } = require('playwright-core')
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

let site, browser, people, scene
const answers = []
before(async () => {
  const data = sample(folder())
  site = await serve(data)
  people = await makePeople(site, data)
  scene = await makeScene(site, data, people)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-component-update', '--disable-sync'] })
})
after(async () => { await browser?.close(); await site?.stop() })

const nobody = () => new Visitor(site.address)
// Keeps what somebody was just answered. `holds` is what the page must show, so that it is the one that is meant.
function keep (name, visitor, status, holds) {
  assert.equal(visitor.status, status, `${name}: ${visitor.at}: ${visitor.text().slice(0, 500)}`)
  assert.match(visitor.html, holds, `${name}: ${visitor.at}: ${visitor.text().slice(0, 1500)}`)
  answers.push({ name, html: visitor.html, at: visitor.at })
}
// Opens a page, sends its form and keeps the answer.
async function answer (name, visitor, page, ending, values, status = 422, holds = /class="(fault|notice danger|notice attention)/) {
  await visitor.open('/ky' + page)
  assert.equal(visitor.status, 200, `${name}: ${page}: ${visitor.text().slice(0, 300)}`)
  await visitor.send(ending, values)
  keep(name, visitor, status, holds)
}

async function barriersOf (page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  await page.evaluate(axe)
  const seen = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  return [...(over > 0 ? [`hangs over by ${over} px`] : []), ...seen.violations.map(each => `${each.id}: ${each.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ')}`)]
}

// Puts each answer, as it came, at its address into the browser.
async function look () {
  const found = []
  for (const [width, colorScheme] of [[360, 'light'], [1280, 'dark']]) {
    const context = await browser.newContext({ viewport: { width, height: width === 360 ? 720 : 900 }, colorScheme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    for (const { name, html, at } of answers) {
      await page.route(site.address + at, route => route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' }), { times: 1 })
      await page.goto(site.address + at, { waitUntil: 'load' })
      for (const each of await barriersOf(page)) found.push(`${name} at ${width}, ${colorScheme}: ${each}`)
    }
    await context.close()
  }
  assert.ok(answers.length > 3)
  answers.length = 0
  assert.deepEqual(found, [])
}

const village = { kind: 'lecture', wish: 'Мектепте чогулсак болот', month: '2026-11', audience: 'pupils', people: '60', contact_name: 'Жамиля', contact: '0555 98 76 54' }

test('what is answered at the doors has no barrier and fits', async () => {
  await answer('a village that says nothing', nobody(), '/invite', '/invite', {})
  const guest = nobody()
  await answer('a place of which there are several', guest, '/invite', '/invite', { ...village, place: 'Нарын' }, 422, /place_choice/)
  await guest.send('/invite', { place_choice: 'naryn-rayon' })
  keep('an invitation that arrived', guest, 200, /class="reference"/)
  await answer('an organisation that says nothing', nobody(), '/join', '/join', {})
  await answer('an organisation that asked to join', nobody(), '/join', '/join', { name: 'Жаңы муун', kind: 'youth', about: 'Лекциялар.', region: 'naryn', active: ['naryn'], contact_name: 'Жамиля', contact: '0555 98 76 54' }, 200, /<h1/)
  await answer('a wrong password', nobody(), '/sign-in', '/sign-in', { login: 'focal@example.org', password: 'башка' })
  for (const [visitor, page] of scene.doors) {
    if (/^\/(invitation|reset)\//.test(page)) await answer(page.split('/')[1], visitor, page, page, { login: '', password: 'кыска' })
    if (page === '/sign-in/code') await answer('a wrong code', visitor, page, page, { code: '000000' })
    if (page.startsWith('/stop-letters/')) await answer('no more letters', visitor, page, page, {}, 200, /<h1/)
  }
  const late = nobody()
  await late.ask('/ky/invite', { method: 'POST', headers: { origin: site.address }, body: new URLSearchParams(village) })
  keep('a form that was open for too long', late, 403, /name="wish"/)
  await late.ask('/ky/work/activities', { method: 'POST', headers: { origin: site.address }, body: new URLSearchParams({ title: 'Дарс' }) })
  keep('a form of somebody who is no longer signed in', late, 403, /name="title"/)
  await look()
})

test('what is answered to whoever plans has no barrier and fits', async () => {
  const { focal, member, regional } = people
  const form = '/work/activities/new?kind=lecture'
  await answer('an empty plan', focal, form, '/work/activities', { title: '', day: '', place: '' })
  const right = { title: 'Дарс', day: '2026-10-29', start: '09:00', audience: ['pupils'], expected: '40' }
  await answer('a plan in one of several places', focal, form, '/work/activities', { ...right, place: 'Нарын', go: 'save' }, 422, /place_choice/)
  await answer('a plan that is stored', focal, form, '/work/activities', { ...right, place: 'naryn-rayon', go: 'save' }, 200, /\/propose"/)
  await answer('a plan that lacks something', focal, form, '/work/activities', { ...right, title: 'Дарс 2', expected: '', place: 'naryn-rayon', go: 'propose' })
  const id = await draft(focal, 'Бир убакта өзгөртүлгөн дарс', '2026-10-30')
  const page = `/work/activities/${id}`
  await answer('a change that is wrong', focal, `${page}/edit`, '/edit', { title: '' })
  await focal.open(`/ky${page}/edit`)
  await member.open(`/ky${page}/edit`)
  await member.send('/edit', { title: 'Мүчө өзгөрткөн дарс', expected: '50', start: '10:00', go: 'save' })
  assert.equal(member.status, 200)
  await focal.send('/edit', { title: 'Жооптуу өзгөрткөн дарс', expected: '60', start: '11:00', go: 'save' })
  keep('both versions of a plan', focal, 409, /Мүчө өзгөрткөн дарс/)
  await answer('a proposal', focal, `${page}/propose`, '/propose', {}, 200, /class="notice/)
  await focal.open('/ky' + page)
  await step(regional, id, 'approve')
  await focal.send('/withdraw')
  keep('a step that somebody else overtook', focal, 409, /<h1/)
  await answer('many proposals', focal, '/work/propose', '/work/propose', {}, 200, /class="notice done/)
  await answer('a remark without words', focal, page, '/remarks', { remark: '' })
  await answer('a remark', focal, page, '/remarks', { remark: '@Данияр, карап коюңузчу' }, 200, /карап коюңузчу/)
  await look()
})

test('what is answered to steps and results has no barrier and fits', async () => {
  const { focal, member, regional, national } = people
  const at = Object.fromEntries(['draft', 'proposed', 'returned', 'approved', 'over', 'held', 'reported', 'confirmed'].map((state, i) => [state, `/work/activities/${scene.activities[i]}`]))
  await answer('returned without a reason', regional, `${at.proposed}/return`, '/return', { reason: '' })
  await answer('approved on paper without an order', regional, `${at.proposed}/paper`, '/paper', { order_number: '' })
  await answer('moved to where it is', focal, `${at.approved}/move`, '/move', { reason: 'Мектепте экзамен' })
  await answer('moved without a reason', focal, `${at.approved}/move`, '/move', { day: '2026-10-29', reason: '' })
  await answer('a move', focal, `${at.approved}/move`, '/move', { day: '2026-10-29', reason: 'Мектепте экзамен' }, 200, /\/undo"/)
  await answer('cancelled without a reason', focal, `${at.approved}/cancel`, '/cancel', { reason: '' })
  await answer('an approval', regional, at.proposed, '/approve', {}, 200, /class="notice/)
  await answer('a result without a number', focal, `${at.held}/report`, '/report', { total: '', method: '' })
  await answer('a result that does not add up', focal, `${at.held}/report`, '/report', { ...result, total: '50' }, 422, /name="differs"/)
  await focal.open(`/ky${at.held}/report`)
  await member.open(`/ky${at.held}/report`)
  await member.send('/report', { ...result, narrative: 'Мүчө жазганы' })
  keep('a result that is stored', member, 200, /class="notice/)
  await focal.send('/report', { ...result, 'n-female-14_17': '25', total: '44', narrative: 'Жооптуу жазганы' })
  keep('a result that somebody else entered meanwhile', focal, 409, /<h1/)
  await answer('a result returned without a reason', regional, `${at.reported}/return-result`, '/return-result', { reason: '' })
  await answer('a correction without a reason', focal, `${at.confirmed}/correct`, '/correct', { reason: '' })
  await answer('a confirmation', regional, at.reported, '/confirm', {}, 200, /class="notice/)
  await answer('none confirmed', regional, '/work/confirm', '/work/confirm', { chosen: [] }, 200, /class="notice done/)
  const [, add, item, removing] = scene.evidence
  await focal.open('/ky' + add)
  await sendFile(focal, '/evidence', { name: 'сүрөт.png', bytes: Buffer.from('бул сүрөт эмес') }, { caption: 'Дарс' })
  keep('a picture that is none', focal, 422, /class="fault/)
  await answer('words of a picture', focal, item, item, { caption: 'Дарстан кийин' }, 200, /Дарстан кийин/)
  await answer('a picture that is removed', focal, removing, item, { do: 'remove' }, 200, /<h1/)
  await answer('none of the table ticked', regional, '/work/table', '/work/table/steps', { step: 'approve' }, 422)
  await answer('a view without a name', regional, '/work/table?state=proposed', '/work/table/views', { name: '' }, 422, /<h1/)
  await answer('many steps, asked once more', regional, '/work/table', '/work/table/steps', { step: 'approve', row: scene.activities.slice(0, 4).map(id => `${id}.1`) }, 200, /work\/table\/steps/)
  await regional.send('/work/table/steps')
  keep('many steps, none of them possible', regional, 200, /tag attention/)
  await answer('a stand-in without a name', national, '/work/deputies', '/work/deputies', { from: '', until: '' })
  await look()
})

test('what is answered to coordinators and about accounts has no barrier and fits', async () => {
  const { focal, national, administrator } = people
  await national.open('/ky/work/import')
  await sendFile(national, '/work/import', { name: 'план.xlsx', bytes: Buffer.from('бул таблица эмес') }, { edition: 'sample' })
  await settled(national, national.at)
  keep('a table that is none', national, 200, /class="notice (danger|attention)/)
  const [faulty, , undo, joining] = scene.more
  await answer('the preview of a table with faults', national, faulty, faulty, { step: 'check' }, 200, /fix\.1\./)
  await answer('an import that is taken back', national, undo, undo, {}, 200, /<h1/)
  await answer('an edition without a year', national, '/work/editions/new', '/work/editions', { year: '' })
  const edition = '/work/editions/sample'
  await answer('an edition without a name', national, `${edition}/edit`, '/edit', { name_ky: '', name_ru: '', name_en: '' })
  await answer('dates in the wrong order', national, `${edition}/dates`, '/dates', { campaign_until: '2026-01-01' })
  await answer('targets that are no numbers', national, `${edition}/targets`, '/targets', { activities_: 'көп' })
  await answer('targets', national, `${edition}/targets`, '/targets', { activities_: '410' }, 200, /value="410"/)
  await answer('participants', national, `${edition}/participants`, '/participants', {}, 200, /<h1/)
  await answer('a part of the report', national, `${edition}/report`, '/report', { markdown: 'Биз **бирге**.' }, 200, /бирге/)
  await answer('a recommendation without words', national, `${edition}/recommendations`, '/recommendations', { text_ky: '', text_ru: '', text_en: '' })
  await answer('an organisation without a name', national, '/organisations/sample-ak-bulut/edit', '/edit', { name_ky: '', name_ru: '', name_en: '' })
  await answer('an organisation that is refused', national, joining, joining, { reason: 'Биз сиздерди тааныбайбыз', what: 'refuse' }, 200, /<h1/)
  await answer('an invitation for nobody', national, '/people/invite', '/people/invite', { role: '' })
  await answer('an invitation to hand over', national, '/people/invite', '/people/invite', { role: 'observer' }, 200, /class="handover"/)
  await national.open('/ky/people')
  const somebody = national.html.match(/href="\/ky(\/people\/[0-9a-z]{10,})"[^>]*>(?:<[^>]*>|\s)*Эркин/)[1]
  await answer('asked before somebody is locked', national, somebody, somebody, { what: 'lock' }, 200, /name="sure"/)
  await national.send(somebody, {})
  keep('somebody who is locked', national, 200, /unlock/)
  await answer('an account without a name', focal, '/account', '/account', { name: '' })
  await answer('a name', focal, '/account', '/account', { name: 'Айгүл' }, 200, /class="notice/)
  await answer('a wrong password of one\'s own', focal, '/account', '/account/password', { password_now: 'башка', password: 'кыска' })
  await answer('what is told, stored', focal, '/account/notifications', '/account/notifications', {}, 200, /class="notice/)
  await answer('a calendar of one\'s own', focal, '/account/notifications', '/account/notifications/calendar', {}, 200, /feeds\/my\//)
  await answer('a wrong code of an app', administrator, '/account/factor', '/account/factor', { code: '000000' })
  await answer('leaving with the wrong password', focal, '/account/leave', '/account/leave', { password: 'башка' })
  await focal.ask('/ky/work/editions', { method: 'POST', headers: { origin: site.address }, body: new URLSearchParams({ year: '2030' }) })
  keep('a page that was open for too long, of somebody signed in', focal, 403, /name="year"/)
  await look()
})

test('faults that a script shows beside what was typed have no barrier and fit', async () => {
  for (const [width, colorScheme] of [[360, 'light'], [1280, 'dark']]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, reducedMotion: 'reduce' })
    const [name, value] = people.member.cookie.split('=')
    await context.addCookies([{ name, value, domain: '127.0.0.1', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' }])
    const page = await context.newPage()
    await page.goto(site.address + '/ky/work/activities/new?kind=lecture')
    await page.fill('#place', 'Эч кайда')
    await page.click('button[value=propose]')
    await page.waitForSelector('.field.wrong #place')
    assert.deepEqual(await barriersOf(page), [], `at ${width}`)
    await context.close()
  }
})
