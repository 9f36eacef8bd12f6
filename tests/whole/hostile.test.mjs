// Markup in every field of the workspace whose text others read is shown as text: on the pages of everybody who sees it, and on those of the public.
// What turns the direction of writing round, and so makes a text read as another one, is not kept at all.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { root, sample, serve } from './birge.mjs'
import { formsOf, person, Visitor } from './people.mjs'
import { findOne, mainPages, workPages } from './pages.mjs'
import { actions, draft, result, sendFile, step, today } from './scene.mjs'

// Ends an attribute, a tag and an element, whichever it stands in.
const markup = "\"'></p><script>x()</script><img src=x>"
const overrides = '\u202e\u2066'
const hostile = field => `${overrides}${markup}${field}.`
const marked = new Set()
const text = field => { marked.add(field); return hostile(field) }

let site, data, organisation, people, village
before(async () => {
  data = sample()
  site = await serve(data)
  organisation = (await (await fetch(`${site.address}/api/v1/organisations`)).json()).items.find(each => each.slug.startsWith('sample-')).slug
  people = {
    focal: await person(site, data, { name: 'Айгүл', login: 'focal@example.org', role: 'focal_point', organisation }),
    colleague: await person(site, data, { name: 'Эрмек', login: 'colleague@example.org', role: 'focal_point', organisation }),
    regional: await person(site, data, { name: 'Данияр', login: 'regional@example.org', role: 'regional_coordinator', region: 'naryn' }),
    national: await person(site, data, { name: text('person'), login: 'national@example.org', role: 'national_coordinator' }),
    observer: await person(site, data, { name: 'Olivia', login: 'observer@example.org', role: 'observer' })
  }
  village = new Visitor(site.address)
})
after(async () => { await site?.stop() })

const sent = (visitor, what) => assert.ok([200, 303].includes(visitor.status), `${what}: ${visitor.status} ${visitor.text().slice(0, 600)}`)

// Where several forms of a page go to one address: sends the one of a step.
async function makeStep (visitor, step, values) {
  const form = formsOf(visitor.html).find(each => each.fields.some(([field, value]) => field === 'what' && value === step))
  assert.ok(form, `no form for ${step} on ${visitor.at}: ${visitor.text().slice(0, 600)}`)
  const body = new URLSearchParams([...form.fields.filter(([field]) => !(field in values)), ...Object.entries(values)])
  await visitor.ask(form.action, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  sent(visitor, step)
}

// The smallest PDF there is: one empty page.
function pdf () {
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Resources << >> >>']
  let text = '%PDF-1.4\n'
  const starts = objects.map((object, i) => {
    const at = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return at
  })
  const entries = starts.map(at => `${String(at).padStart(10, '0')} 00000 n \n`).join('')
  return Buffer.from(`${text}xref\n0 4\n0000000000 65535 f \n${entries}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`)
}

// Everything somebody can write, written; returns the addresses of what came about.
async function written () {
  const { focal, regional, national } = people
  const pages = []
  const form = { title: text('title'), summary: text('summary'), venue: text('venue'), village: text('village'), cost: text('cost'), contact: text('contact') }
  const plan = async (name, more = {}) => {
    const id = await draft(focal, name, today)
    await focal.open(`/ky/work/activities/${id}/edit`)
    const known = formsOf(focal.html).find(each => each.action.endsWith('/edit')).fields.map(([field]) => field)
    await focal.send('/edit', { ...Object.fromEntries(Object.entries(more).filter(([field]) => known.includes(field))), go: 'save' })
    sent(focal, 'edit')
    pages.push(`/work/activities/${id}`, `/activities/${id}`, `/activities/${id}/poster`, ...actions.map(action => `/work/activities/${id}/${action}`))
    return id
  }

  const told = await plan('Айтылган', form)
  await step(focal, told, 'propose')
  await step(regional, told, 'paper', { order_number: text('order'), order_day: today, signed_by: text('signer') })
  await focal.open(`/ky/work/activities/${told}`)
  await focal.send('/remarks', { remark: text('remark') })
  sent(focal, 'remark')
  await focal.open(`/ky/work/activities/${told}/report`)
  await focal.send('/report', { ...result, narrative: text('narrative'), question1: text('question'), question_topic1: 'safe_migration', challenges: text('challenges'), recommendation: text('advice') })
  sent(focal, 'report')
  await step(national, told, 'confirm')
  await focal.open(`/ky/work/activities/${told}/correct`)
  await focal.send('/correct', { total: '40', 'n-female-14_17': '20', 'n-male-14_17': '20', reason: text('correction') })
  sent(focal, 'correct')
  await step(regional, told, 'return-result', { reason: text('rejection') })
  await focal.open(`/ky/work/activities/${told}/evidence?kind=picture`)
  await sendFile(focal, '/evidence', { name: `${markup.replaceAll('/', '')}.png`, bytes: readFileSync(join(root, 'docs/agenda.png')) }, { caption: text('caption') })
  sent(focal, 'evidence')
  await focal.open(`/ky/work/activities/${told}/evidence?kind=document`)
  await sendFile(focal, '/evidence', { name: `${markup.replaceAll('/', '')}.pdf`, bytes: pdf() }, { caption: text('document') })
  sent(focal, 'document')
  await focal.open(`/ky/work/activities/${told}/evidence`)
  pages.push(`/work/activities/${told}/evidence`, ...[...focal.html.matchAll(/href="\/ky(\/work\/activities\/[0-9a-z]+\/evidence\/[0-9a-z]+)"/g)].map(([, page]) => page))

  const declined = await plan('Кайтарылган')
  await step(focal, declined, 'propose')
  await step(regional, declined, 'return', { reason: text('decline') })
  for (const [action, field] of [['move', 'moving'], ['cancel', 'cancelling']]) {
    const id = await plan(`Өзгөргөн: ${action}`)
    await step(focal, id, 'propose')
    await step(regional, id, 'approve')
    await step(focal, id, action, { reason: text(field), ...(action === 'move' ? { day: '2026-10-29' } : {}) })
  }

  await focal.open('/ky/work/table?kind=lecture')
  await focal.send('/work/table/views', { name: text('view'), share: '1' })
  sent(focal, 'view')

  await national.open('/ky/work/editions/sample/edit')
  for (const part of ['name', 'slogan', 'about']) marked.add(`edition-${part}`)
  await national.send('/edit', Object.fromEntries(['ky', 'ru', 'en'].flatMap(language => ['name', 'slogan', 'about'].map(part => [`${part}_${language}`, hostile(`edition-${part}`)]))))
  sent(national, 'edition')
  await national.open('/ky/work/editions/sample/dates')
  await national.send('/dates', { conference_day: '2027-01-24', reason: text('days') })
  sent(national, 'days')
  await national.open('/ky/work/editions/sample/recommendations')
  await national.send('/recommendations', { text_ky: text('advice-edition'), text_ru: hostile('advice-edition'), text_en: hostile('advice-edition'), note: text('note'), organisation })
  sent(national, 'recommendation')

  await national.open(`/ky/organisations/${organisation}/edit`)
  await national.send('/edit', { about: text('organisation'), address: text('address'), show_about: '1', show_contacts: '1' })
  sent(national, 'organisation')
  pages.push(`/organisations/${organisation}`, `/organisations/${organisation}/edit`)

  await village.open('/ky/join')
  await village.send('/join', { name: text('joining'), kind: 'youth', about: text('joining-about'), region: 'naryn', active: ['naryn'], contact_name: text('joining-contact'), contact: '0555 98 76 54' })
  sent(village, 'join')
  await national.open('/ky/joining')
  const joining = national.html.match(/href="\/ky(\/joining\/[0-9a-z]+)"/)[1]
  pages.push(joining)
  await village.open('/ky/join')
  await village.send('/join', { name: 'Экинчи', kind: 'youth', about: 'Лекциялар.', region: 'naryn', active: ['naryn'], contact_name: 'Жамиля', contact: '0555 98 76 54' })
  sent(village, 'join once more')
  await national.open('/ky/joining')
  const refused = [...national.html.matchAll(/href="\/ky(\/joining\/[0-9a-z]+)"/g)].map(([, page]) => page).find(page => page !== joining)
  assert.ok(refused, national.text().slice(0, 600))
  await national.open(`/ky${refused}`)
  await national.send(refused, { what: 'refuse', reason: text('refusal') })
  sent(national, 'refuse')
  pages.push(refused)

  await village.open('/ky/invite')
  await village.send('/invite', { place: 'Кочкорский район', kind: 'lecture', wish: text('wish'), month: '2026-11', audience: 'pupils', people: '60', contact_name: text('village-contact'), contact: '0555 98 76 54' })
  sent(village, 'invite')
  await national.open('/ky/work/invitations?place=kochkor')
  const invitation = national.html.match(/\/ky(\/work\/invitations\/[0-9a-z]+)/)[1]
  pages.push(invitation)
  await village.open('/ky/invite')
  await village.send('/invite', { place: text('village-typed'), district: 'at-bashy', kind: 'lecture', contact: '0555 98 76 54' })
  sent(village, 'invite with a name of their own')
  await national.open('/ky/work/invitations?place=at-bashy')
  for (const page of new Set([...national.html.matchAll(/\/ky(\/work\/invitations\/[0-9a-z]+)/g)].map(([, page]) => page))) {
    await national.open(`/ky${page}`)
    if (!national.html.includes('village-typed.')) continue
    await makeStep(national, 'decline', { reason: text('invitation-declined') })
    pages.push(page)
  }

  await national.open('/ky/people/invite')
  await national.send('/people/invite', { role: 'observer', name: text('invited') })
  sent(national, 'invite somebody')
  await national.open('/ky/people/invite?role=regional_coordinator&without_account=1')
  await national.send('/people/invite', { role: 'regional_coordinator', region: 'naryn', name: text('without-account') })
  sent(national, 'enter somebody')
  const entered = national.at.match(/for=([0-9a-z]+)/)
  assert.ok(entered, national.at)
  pages.push(`/people/${entered[1]}`, `/work/deputies?for=${entered[1]}`)
  return pages
}

const turning = /[\u202a-\u202e\u2066-\u2069]/
// The fields whose text a page shows. No page runs any of them.
function shownIn (html, where) {
  assert.doesNotMatch(html, /<script>x\(\)|<img src=x/, where)
  return [...html.matchAll(/&lt;img src=x(?:&gt;|>)([a-z-]+)\./g)].map(([, field]) => field)
}

test('markup in any field is shown as text on every page, to everybody', async () => {
  const made = await written()
  const everywhere = [...mainPages, ...workPages, ...made, ...await findOne(site.address)]
  const shown = new Set()
  const look = (html, where) => { for (const field of shownIn(html, where)) shown.add(field) }
  for (const [name, visitor] of [...Object.entries(people), ['nobody', new Visitor(site.address)]]) {
    for (const path of everywhere) {
      await visitor.ask('/ky' + path)
      look(visitor.html, `${path} as ${name} sees it`)
      assert.doesNotMatch(visitor.html, turning, `${path} as ${name} sees it`)
    }
  }
  // Whoever types it anew after a fault has it back in the fields.
  await people.focal.open('/ky/work/activities/new?kind=lecture')
  await people.focal.send('/work/activities', { title: hostile('typed'), place: hostile('typed'), day: hostile('typed'), start: hostile('typed'), expected: hostile('typed'), contact: hostile('typed'), go: 'save' })
  assert.equal(people.focal.status, 422)
  look(people.focal.html, 'the form that comes back')
  assert.deepEqual([...marked, 'typed'].filter(field => !shown.has(field)), [], 'these are shown on no page that was looked at')
})

test('so is the reason why a closed edition was opened again', async () => {
  // The sample's campaign lasts until 19 December 2026.
  const over = { BIRGE_NOW: '2027-01-20T06:00:00Z' }
  await site.stop()
  site = await serve(data, over)
  const closer = await person(site, data, { name: 'Бакыт', login: 'closer@example.org', role: 'national_coordinator', env: over })
  const officer = await person(site, data, { name: 'Олжас', login: 'officer@example.org', role: 'communications_officer', env: over })
  await closer.open('/ky/work/editions/sample/close')
  await closer.send('/sample/close', { sure: '1' })
  sent(closer, 'close')
  await closer.send('/sample/reopen', { reason: hostile('reopening') })
  sent(closer, 'reopen')
  const shown = []
  for (const [name, visitor] of Object.entries({ closer, officer, nobody: new Visitor(site.address) })) {
    for (const path of ['/work/editions/sample/close', '/work/editions/sample', '/work/editions', '/work/log', '/work/news', '/editions/sample', '/figures', '/']) {
      await visitor.ask('/ky' + path)
      shown.push(...shownIn(visitor.html, `${path} as ${name} sees it`))
      assert.doesNotMatch(visitor.html, turning, `${path} as ${name} sees it`)
    }
  }
  assert.ok(shown.includes('reopening'), 'it stands where the closing is told of')
})
