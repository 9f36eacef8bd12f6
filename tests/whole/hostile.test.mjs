// Markup in every field of the workspace whose text others read is shown as text: on the pages of everybody who sees it, and on those of the public.
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
const hostile = field => `${markup}${field}.`
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

  await village.open('/ky/invite')
  await village.send('/invite', { place: 'Кочкорский район', kind: 'lecture', wish: text('wish'), month: '2026-11', audience: 'pupils', people: '60', contact_name: text('village-contact'), contact: '0555 98 76 54' })
  sent(village, 'invite')
  await national.open('/ky/work/invitations?place=kochkor')
  const invitation = national.html.match(/\/ky(\/work\/invitations\/[0-9a-z]+)/)[1]
  pages.push(invitation)
  return pages
}

test('markup in any field is shown as text on every page, to everybody', async () => {
  const made = await written()
  const everywhere = [...mainPages, ...workPages, ...made, ...await findOne(site.address)]
  const shown = new Set()
  const look = (html, where) => {
    assert.doesNotMatch(html, /<script>x\(\)|<img src=x/, where)
    for (const [, field] of html.matchAll(/&lt;img src=x(?:&gt;|>)([a-z-]+)\./g)) shown.add(field)
  }
  for (const [name, visitor] of [...Object.entries(people), ['nobody', new Visitor(site.address)]]) {
    for (const path of everywhere) {
      await visitor.ask('/ky' + path)
      look(visitor.html, `${path} as ${name} sees it`)
    }
  }
  // Whoever types it anew after a fault has it back in the fields.
  await people.focal.open('/ky/work/activities/new?kind=lecture')
  await people.focal.send('/work/activities', { title: hostile('typed'), place: hostile('typed'), day: hostile('typed'), start: hostile('typed'), expected: hostile('typed'), contact: hostile('typed'), go: 'save' })
  assert.equal(people.focal.status, 422)
  look(people.focal.html, 'the form that comes back')
  assert.deepEqual([...marked, 'typed'].filter(field => !shown.has(field)), [], 'these are shown on no page that was looked at')
})
